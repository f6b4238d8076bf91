# emend.mk: make rules that turn BOOK.txt into BOOK.tei.xml, BOOK.ledger, BOOK.epub and BOOK.docx.
#
#   include /usr/local/share/emend/emend.mk       (at the end of your Makefile, after your own targets)
#   all: $(patsubst %.txt,%.epub,$(wildcard books/*.txt))
#
# The text is converted once, to TEI; EPUB and DOCX are exported from that TEI, so `make -j` never does a book twice and
# no two rules write one file. Beside the TEI stands BOOK.tei.xml.d: what was read, and with which flags.
#
# A book is made again when one of these changes, appears or goes away: its text, its metadata BOOK.meta, its
# decisions BOOK.decisions, its rules BOOK.rules, a file that EMENDFLAGS names, EMENDFLAGS itself, the program. Nothing else makes it again.
#
#   EMEND       the program: a name on PATH, or a path
#   EMENDFLAGS  options for `emend convert`
#   EMEND_FROM  folder of the inputs, ending in a slash; empty: where the target is
#   EMEND_TO    folder of the outputs, ending in a slash; empty: beside the input
#
# Needs GNU make 4.2 or newer. It turns on .SECONDEXPANSION, so in rules that follow, `$$` among prerequisites is read
# again. make cannot handle file names with spaces; for those, and for lists of thousands, on all cores:
#
#   emend batch FOLDER -o '{path}.tei.xml' -o '{path}.ledger' -o '{path}.epub' -o '{path}.docx' --report books.jsonl

EMEND ?= emend
EMENDFLAGS ?=
EMEND_FROM ?=
EMEND_TO ?=

.DELETE_ON_ERROR:
.SECONDEXPANSION:
.PRECIOUS: $(EMEND_TO)%.tei.xml $(EMEND_TO)%.ledger
.PHONY: .emend-again
.emend-again:

# The file behind $(EMEND); empty when its path has a space, which make could not depend on.
emend_found := $(if $(findstring /,$(EMEND)),$(EMEND),$(shell command -v $(firstword $(EMEND))))
emend_program := $(if $(word 2,$(emend_found)),,$(emend_found))

# The state is one word, so that none of it is taken for a file that was read.
emend_hash := \#
emend_empty :=
emend_space := $(emend_empty) $(emend_empty)

# Each takes a target: the book's name without folder of outputs and ending; the record of its last conversion; the
# sidecars it has now; the state that the record ends with if it is still true; what a conversion writes; what the last
# one read; the prerequisites that follow.
emend_book = $(patsubst $(EMEND_TO)%,%,$(patsubst %.ledger,%,$(patsubst %.tei.xml,%,$1)))
emend_record = $(EMEND_TO)$(emend_book).tei.xml.d
emend_sidecars = $(wildcard $(addprefix $(EMEND_FROM)$(emend_book),.meta .decisions .rules))
emend_state = $(subst $(emend_space),|,$(emend_hash)made by [$(EMEND)] with [$(EMENDFLAGS)] and [$(emend_sidecars)])
emend_again = $(if $(findstring $(emend_state),$(file <$(emend_record))),,.emend-again)
emend_made = $(addprefix $(EMEND_TO)$(emend_book),.tei.xml .ledger)
emend_read = $(filter-out $(emend_made),$(wildcard $(filter-out %: \,$(file <$(emend_record)))))
emend_needs = $(sort $(emend_sidecars) $(emend_read)) $(emend_program) $(emend_again)

emend_quote = '$(subst ','\'',$1)'

$(EMEND_TO)%.tei.xml $(EMEND_TO)%.ledger: $(EMEND_FROM)%.txt $$(call emend_needs,$$@)
	@mkdir -p $(@D)
	$(EMEND) convert $(EMENDFLAGS) $(addprefix --rules ,$(filter %.rules,$(call emend_sidecars,$@))) $< \
	  $(addprefix -o ,$(call emend_made,$@)) --deps $(call emend_record,$@)
	@printf '%s\n' $(call emend_quote,$(call emend_state,$@)) >>$(call emend_record,$@)

$(EMEND_TO)%.epub: $(EMEND_TO)%.tei.xml $(emend_program)
	$(EMEND) export $< -o $@

$(EMEND_TO)%.docx: $(EMEND_TO)%.tei.xml $(emend_program)
	$(EMEND) export $< -o $@
