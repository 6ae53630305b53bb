-- The language server, from Neovim 0.11 on: vim.lsp.enable("escalade").

--- What a code lens of the server asks for is done by the commands of ftplugin/escalade.lua.
local function with(command)
  return function(lens)
    vim.cmd[command]({ args = { vim.uri_to_fname(lens.arguments[1]) } })
  end
end

return {
  cmd = { "escalade", "lsp" },
  filetypes = { "escalade" },
  root_markers = { ".git" },
  commands = {
    ["escalade.run"] = with("EscaladeRun"),
    ["escalade.showGraph"] = with("EscaladeGraph"),
  },
}
