vim.filetype.add({ extension = { esc = "escalade" } })
