([(comment) (note)] @injection.content
  (#set! injection.language "comment"))
