;;; escalade-mode.el --- Escalation scenarios  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: MIT OR Apache-2.0
;; Package-Requires: ((emacs "27.1"))
;; Version: 0.1.0
;; Keywords: languages

;;; Commentary:

;; Colours, indentation and comments for scenarios (`.esc'), the language server by Eglot, and
;; `escalade-run' (C-c C-c) and `escalade-graph' (C-c C-g).

;;; Code:

(require 'browse-url)

(defgroup escalade nil
  "Escalation scenarios."
  :group 'languages)

(defcustom escalade-program "escalade"
  "The program: a name that is looked up, or a path."
  :type 'string)

(defcustom escalade-indent-offset 2
  "How far what stands between braces is indented."
  :type 'integer
  :safe #'integerp)

(defvar escalade-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?_ "w" table)
    (modify-syntax-entry ?/ ". 124b" table)
    (modify-syntax-entry ?* ". 23" table)
    (modify-syntax-entry ?\n "> b" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\\ "\\" table)
    (dolist (sign '(?< ?> ?= ?+ ?- ?| ?%))
      (modify-syntax-entry sign "." table))
    table))

;; Of three marks the first opens or closes the text; the other two are an empty string beside it.
(defconst escalade--syntax-propertize
  (syntax-propertize-rules
   ("\\(?:^\\|[^\\\\]\\)\\(\"\\)\"\"" (1 "|"))))

(defconst escalade--name "[[:alpha:]_][[:alnum:]_]*")

(defconst escalade--declarations
  '("action" "actor" "decision" "ending" "expect" "flag" "group" "import" "inject" "issue" "ladder"
    "lexicon" "meter" "observe" "outcome" "param" "position" "reading" "relation" "rule" "scale"
    "scenario" "source" "state"))

(defconst escalade--words
  '("against" "and" "any" "because" "becomes" "before" "does" "else" "every" "has" "if" "in" "leads"
    "no" "not" "on" "once" "option" "or" "then" "until" "when" "while")
  "The other reserved words.")

(defconst escalade--likelihoods
  '("almost_no_chance" "very_unlikely" "unlikely" "roughly_even" "likely" "very_likely"
    "almost_certain" "certain" "impossible"))

;; Words that may be names are coloured only beside what makes them keywords.
(defconst escalade--font-lock
  `((,(concat "\\_<\\(action\\|relation\\)\\s-+\\(" escalade--name "\\)")
     (1 font-lock-keyword-face) (2 font-lock-function-name-face))
    (,(concat "\\_<\\(actor\\|group\\|scale\\)\\s-+\\(" escalade--name "\\)")
     (1 font-lock-keyword-face) (2 font-lock-type-face))
    (,(concat "\\_<\\(issue\\|state\\|flag\\|meter\\|param\\|source\\|rule\\|decision\\|outcome\\|ending\\|reading\\|rung\\|option\\)"
              "\\s-+\\(" escalade--name "\\)")
     (1 font-lock-keyword-face) (2 font-lock-variable-name-face))
    (,(regexp-opt escalade--declarations 'symbols) . font-lock-keyword-face)
    (,(concat "\\_<\\(?:does\\|has\\s-+\\(done\\)\\)\\s-+\\(" escalade--name "\\)")
     (1 font-lock-keyword-face nil t) (2 font-lock-function-name-face))
    (,(regexp-opt escalade--words 'symbols) . font-lock-keyword-face)
    ("\\_<\\(for\\)\\s-+\\(each\\)\\_>" (1 font-lock-keyword-face) (2 font-lock-keyword-face))
    ("\\_<\\(leads\\)\\s-+\\(to\\)\\_>" (2 font-lock-keyword-face))
    ("\\_<\\(at\\)\\s-+\\(least\\)\\_>" (1 font-lock-keyword-face) (2 font-lock-keyword-face))
    ("\\_<\\(after\\|within\\|turn\\|horizon\\|by\\|priority\\)\\s-+-?[0-9]" (1 font-lock-keyword-face))
    ("\\_<\\(start\\|since\\|date\\)\\s-+[0-9]" (1 font-lock-keyword-face))
    ("\\_<\\(summary\\|by\\|url\\|file\\|voice\\|says\\)\\s-+\"" (1 font-lock-keyword-face))
    (,(concat "\\_<\\(raise\\|lower\\|disable\\|grade\\)\\s-+" escalade--name) (1 font-lock-keyword-face))
    ("\"\\s-+\\(from\\|at\\|to\\|by\\|otherwise\\)\\_>" (1 font-lock-keyword-face))
    (,(concat "\\_<in\\s-+" escalade--name "\\s-+\\(where\\)\\_>") (1 font-lock-keyword-face))
    ("\\_<expect\\s-+\\(never\\|always\\|possible\\|certain\\)\\_>" (1 font-lock-keyword-face))
    ("\\_<\\(P\\|Pmin\\|Pmax\\)(" (1 font-lock-builtin-face))
    ("\\_<\\(level\\|peak\\|turn\\)\\s-*[<>=!]" (1 font-lock-builtin-face))
    (,(regexp-opt escalade--likelihoods 'symbols) . font-lock-constant-face)
    (,(regexp-opt '("yes" "no" "everyone" "self" "target") 'symbols) . font-lock-constant-face)))

(defun escalade--face-of-comment (state)
  "The face of what STATE is in: a note is a documentation."
  (cond ((nth 3 state) font-lock-string-face)
        ((save-excursion (goto-char (nth 8 state)) (looking-at "///\\(?:[^/]\\|$\\)")) font-lock-doc-face)
        (t font-lock-comment-face)))

(defconst escalade--goes-on
  (concat (regexp-opt '("and" "or" "for" "where" "when" "before" "leads" "until" "within") 'symbols)
          "\\|[<|]")
  "What a line begins with that goes on with the one before it.")

(defun escalade--goes-on-p ()
  "Whether the line goes on with the one before it, as `escalade fmt' breaks long ones."
  (save-excursion
    (back-to-indentation)
    (or (looking-at escalade--goes-on)
        (progn (forward-line -1) (looking-at ".*:\\s-*$")))))

(defun escalade-indent-line ()
  "Indent the line by the brackets around it.
One that goes on with the line before it stays where it is, if that is deeper."
  (interactive)
  (let* ((state (save-excursion (syntax-ppss (line-beginning-position))))
         (column (save-excursion
                   (back-to-indentation)
                   (* escalade-indent-offset
                      (max 0 (- (car state) (if (looking-at "[])}]") 1 0))))))
         (inside (> (current-column) (current-indentation))))
    ;; Texts over several lines are left as they are.
    (unless (or (nth 3 state)
                (and (> (current-indentation) column) (escalade--goes-on-p)))
      (if inside (save-excursion (indent-line-to column)) (indent-line-to column)))))

(defun escalade--file ()
  "The file of this buffer, saved."
  (unless buffer-file-name (user-error "A scenario has to be saved as a file first"))
  (when (buffer-modified-p) (save-buffer))
  buffer-file-name)

(defun escalade-run ()
  "Evaluate the scenario and show its report."
  (interactive)
  (compile (format "%s run %s" (shell-quote-argument escalade-program)
                   (shell-quote-argument (escalade--file)))))

(defun escalade-graph ()
  "Open the scenario's report, with its reaction graph, in a browser."
  (interactive)
  (let ((report (make-temp-file "escalade-" nil ".html"))
        (file (escalade--file)))
    (with-temp-buffer
      (call-process escalade-program nil t nil "run" file "--format" "html" "-o" report)
      (if (zerop (file-attribute-size (file-attributes report)))
          (user-error "%s" (buffer-string))
        (browse-url-of-file report)))))

(defvar escalade-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map (kbd "C-c C-c") #'escalade-run)
    (define-key map (kbd "C-c C-g") #'escalade-graph)
    map))

;;;###autoload
(define-derived-mode escalade-mode prog-mode "Escalade"
  "Major mode for escalation scenarios."
  (setq-local comment-start "// ")
  (setq-local comment-end "")
  (setq-local comment-start-skip "//+\\s-*")
  (setq-local indent-tabs-mode nil)
  (setq-local indent-line-function #'escalade-indent-line)
  (setq-local electric-indent-chars (append "}" electric-indent-chars))
  (setq-local syntax-propertize-function escalade--syntax-propertize)
  (setq-local font-lock-defaults
              '(escalade--font-lock nil nil nil
                (font-lock-syntactic-face-function . escalade--face-of-comment)))
  (setq-local imenu-generic-expression
              (mapcar (lambda (kind)
                        (list (capitalize kind) (format "^\\s-*%s\\s-+\\(%s\\)" kind escalade--name) 1))
                      '("actor" "action" "rule" "decision" "outcome" "ending" "reading"))))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.esc\\'" . escalade-mode))

(defun escalade--server (&rest _)
  "How the language server is started, with the program that is set by now."
  (list escalade-program "lsp"))

(defvar eglot-server-programs)
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '(escalade-mode . escalade--server)))

(provide 'escalade-mode)
;;; escalade-mode.el ends here
