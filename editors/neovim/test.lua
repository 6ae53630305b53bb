-- Whether a scenario is found out, read and coloured:
--
--   nvim --headless --cmd "set runtimepath+=$PWD" -u NORC -l test.lua SCENARIO
local scenario = arg[1]
vim.cmd.edit(scenario)

local failed = 0
local function check(what, holds)
  if not holds then
    failed = failed + 1
    print("Neovim: " .. what)
  end
end

check("the file type is not found out", vim.bo.filetype == "escalade")
check("there are no colours", vim.treesitter.highlighter.active[vim.api.nvim_get_current_buf()] ~= nil)
local tree = vim.treesitter.get_parser(0):parse(true)[1]
check("the scenario is not read", not tree:root():has_error())
for _, name in ipairs({ "highlights", "folds", "indents", "locals", "injections", "tags" }) do
  check("the query " .. name .. " is wrong", (pcall(vim.treesitter.query.get, "escalade", name)))
end
local function captured(text, capture)
  vim.fn.cursor(1, 1)
  vim.fn.search(text)
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local found = vim.treesitter.get_captures_at_pos(0, row - 1, column)
  check(text .. " is not " .. capture, #found > 0 and found[#found].capture == capture)
end
captured("^rule", "keyword")
captured("^rule \\zs\\w", "label")
captured("^///", "comment.documentation")
captured("{ \\w\\+ does \\zs\\w", "function.call")
check("there is no way to the language server", vim.lsp.config.escalade.cmd[1] == "escalade")
check("the commands are missing", vim.fn.exists(":EscaladeRun") == 2 and vim.fn.exists(":EscaladeGraph") == 2)
print(failed == 0 and "Neovim reads and colours " .. scenario or failed .. " failed")
os.exit(failed == 0 and 0 or 1)
