# Writes OUT, a C++ source that holds the bytes of the files IN (with | between them) as a string_view called NAME.
string(REPLACE "|" ";" files "${IN}")
set(hex "")
set(size 0)
foreach(file ${files})
  file(READ ${file} more HEX)
  file(SIZE ${file} more_bytes)
  string(APPEND hex "${more}")
  math(EXPR size "${size} + ${more_bytes}")
endforeach()
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n" bytes "${bytes}")
file(WRITE ${OUT} "#include <string_view>
namespace emend::embedded {
static constexpr unsigned char bytes[] = {${bytes}0x00};
extern const std::string_view ${NAME};
const std::string_view ${NAME}{reinterpret_cast<const char*>(bytes), ${size}};
}  // namespace emend::embedded
")
