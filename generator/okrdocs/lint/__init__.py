"""The review of OKRs as a good coach gives it: Scores in, Problems with the code of a rule out.

`catalogue` lists the rules; each is a module of `okrdocs.lint.rules`. Pure: settings come from
`settings`, comments that suppress from `suppression`, known findings from `baseline`.
"""
