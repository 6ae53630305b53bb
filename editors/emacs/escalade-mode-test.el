;;; escalade-mode-test.el --- Tests  -*- lexical-binding: t; -*-

;; emacs -Q --batch -L . -l escalade-mode-test.el -f ert-run-tests-batch-and-exit

;;; Code:

(require 'ert)
(require 'escalade-mode)

(defconst escalade-test--root
  (expand-file-name "../.." (file-name-directory (or load-file-name buffer-file-name))))

(defmacro escalade-test--with (text &rest body)
  "A buffer with TEXT, coloured, in which BODY looks around."
  (declare (indent 1))
  `(with-temp-buffer
     (insert ,text)
     (escalade-mode)
     (font-lock-ensure)
     ,@body))

(defun escalade-test--face (text)
  "The face where TEXT begins."
  (goto-char (point-min))
  (search-forward text)
  (get-text-property (match-beginning 0) 'face))

(ert-deftest escalade-shipped-scenarios-are-indented-as-they-are ()
  (let ((files (directory-files (expand-file-name "scenarios" escalade-test--root) t "\\.esc\\'")))
    (should files)
    (dolist (file files)
      (escalade-test--with (with-temp-buffer (insert-file-contents file) (buffer-string))
        (let ((before (buffer-string)))
          (indent-region (point-min) (point-max))
          (should (equal before (buffer-string))))))))

(ert-deftest escalade-lines-are-indented-by-braces ()
  (escalade-test--with "rule r {\non a does x\nthen {\nb does y\n}\n}\n"
    (indent-region (point-min) (point-max))
    (should (equal (buffer-string) "rule r {\n  on a does x\n  then {\n    b does y\n  }\n}\n"))))

(ert-deftest escalade-lines-that-go-on-stay ()
  (let ((text "rule r \"R\"\n    for each a in g {\n  while a does x\n        and war\n  then {}\n}\n"))
    (escalade-test--with text
      (indent-region (point-min) (point-max))
      (should (equal (buffer-string) text)))))

(ert-deftest escalade-words-are-keywords-in-their-place ()
  (escalade-test--with "/// A note\n// a comment\nactor turn \"T\"\ninject turn 0 { turn does x }\nrule r { then likely within 2 turns { } }\n"
    (should (eq (escalade-test--face "/// A note") 'font-lock-doc-face))
    (should (eq (escalade-test--face "a comment") 'font-lock-comment-face))
    (should (eq (escalade-test--face "turn \"T\"") 'font-lock-type-face))
    (should (eq (escalade-test--face "turn 0") 'font-lock-keyword-face))
    (should (eq (escalade-test--face "turn does") nil))
    (should (eq (escalade-test--face "likely") 'font-lock-constant-face))
    (should (eq (escalade-test--face "within") 'font-lock-keyword-face))))

(ert-deftest escalade-texts-over-several-lines-end ()
  (escalade-test--with "scenario {\n  summary \"\"\"\n    A \"word\" // text\n  \"\"\"\n}\nactor a\n"
    (should (eq (escalade-test--face "// text") 'font-lock-string-face))
    (should (eq (escalade-test--face "actor") 'font-lock-keyword-face))))

;; Eglot is part of Emacs from 29 on, and a package before.
(ignore-errors (package-initialize))
(dolist (folder (file-expand-wildcards "/usr/share/emacs/site-lisp/elpa/eglot-*"))
  (add-to-list 'load-path folder))

(ert-deftest escalade-eglot-answers ()
  (let* ((escalade-program (or (getenv "ESCALADE") "escalade"))
         (folder (file-name-as-directory (make-temp-file "escalade-" t)))
         (file (expand-file-name "a.esc" folder)))
    (skip-unless (and (require 'eglot nil t) (executable-find escalade-program)))
    (with-temp-file file
      (insert "actor a \"A\"\nissue i \"I\"\nposition a on i: suports\n"))
    (with-current-buffer (find-file-noselect file)
      (unwind-protect
          (let ((eglot-sync-connect 30))
            (apply #'eglot (let ((project-find-functions nil)) (eglot--guess-contact)))
            (with-timeout (30 (ert-fail "the mistake was not told"))
              (while (null (flymake-diagnostics))
                (accept-process-output nil 0.1)
                (flymake-start)))
            (should (string-match-p "did you mean `supports`"
                                    (flymake-diagnostic-text (car (flymake-diagnostics)))))
            (goto-char (point-min))
            (search-forward "suports")
            (replace-match "")
            (eglot--signal-textDocument/didChange)
            (let ((offered (all-completions "" (nth 2 (eglot-completion-at-point)))))
              (should (equal (mapcar #'substring-no-properties offered)
                             '("rejects" "opposes" "wary" "neutral" "open" "supports" "commits")))))
        (set-buffer-modified-p nil)
        (ignore-errors (eglot-shutdown (eglot-current-server)))
        (kill-buffer)
        (delete-directory folder t)))))

(provide 'escalade-mode-test)
;;; escalade-mode-test.el ends here
