vim.bo.commentstring = "// %s"
vim.bo.comments = ":///,://"
vim.bo.shiftwidth = 2
vim.bo.softtabstop = 2
vim.bo.expandtab = true
vim.bo.smartindent = true

-- Without the parser (see editors/README.md) there are no colours, and all else works.
pcall(vim.treesitter.start)

--- The file that a command names, or else this one, saved.
local function file(given)
  if given ~= "" then
    return vim.fn.fnamemodify(given, ":p")
  end
  vim.cmd.update()
  return vim.api.nvim_buf_get_name(0)
end

vim.api.nvim_create_user_command("EscaladeRun", function(options)
  local words = { "escalade", "run", file(options.args) }
  vim.cmd.new()
  vim.fn.termopen(words)
end, { nargs = "?", complete = "file", desc = "Evaluate a scenario in a terminal" })

vim.api.nvim_create_user_command("EscaladeGraph", function(options)
  local report = vim.fn.tempname() .. ".html"
  local words = { "escalade", "run", file(options.args), "--format", "html", "-o", report }
  local said = vim.fn.system(words)
  if vim.fn.filereadable(report) == 0 then
    vim.notify(said, vim.log.levels.ERROR)
    return
  end
  vim.ui.open(report)
end, { nargs = "?", complete = "file", desc = "Open the report of a scenario in a browser" })
