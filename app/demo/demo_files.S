// The files of data/, as they are.
  .section .rodata
.macro demo_file name
  .global demo_\name\()_begin
  .global demo_\name\()_end
demo_\name\()_begin:
  .incbin "\name\().json"
demo_\name\()_end:
.endm

demo_file marketing_emea
demo_file sales_emea
demo_file growth_apac
demo_file fresh_wishes
demo_file backlog
demo_file scoring_inputs
demo_file math_models
demo_file params
demo_file example_formulas
demo_file example_parameters

  .section .note.GNU-stack,"",%progbits
