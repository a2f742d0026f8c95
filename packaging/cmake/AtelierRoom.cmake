# A room is a static library whose neighbours are named; every room is built with the same warnings.

# -Wrestrict: g++ 12 warns wrongly of "text" + std::string.
add_library(atelier_warnings INTERFACE)
# -fPIC by hand for libraries and programs alike: CMake's own switch compiles programs with -fPIE,
# and the compiler quietly ignores a precompiled header made with another setting.
target_compile_options(atelier_warnings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fPIC>)
target_compile_options(atelier_warnings INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wconversion;-Wno-sign-conversion;-Wno-restrict>)
if(DEFINED ENV{CI} AND NOT "$ENV{CI}" STREQUAL "" AND NOT "$ENV{CI}" STREQUAL "0")
    # Those that depend on what the optimiser sees are wrong too often in g++ 12 to stop a build.
    target_compile_options(atelier_warnings INTERFACE
        $<$<COMPILE_LANGUAGE:CXX>:-Werror;-Wno-error=stringop-overflow;-Wno-error=stringop-overread;-Wno-error=array-bounds;-Wno-error=maybe-uninitialized>)
endif()
if(ATELIER_SANITIZE)
    target_compile_options(atelier_warnings INTERFACE
        -fsanitize=${ATELIER_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(atelier_warnings INTERFACE -fsanitize=${ATELIER_SANITIZE})
endif()

# All torch rooms share one precompiled header. <torch/torch.h> itself holds optimisers, data loaders and
# much else that nobody uses here and that every file would load again: 10 s a file instead of 6.
if(NOT EXISTS "${PROJECT_BINARY_DIR}/torch_pch.cpp")  # a new time stamp would rebuild it
    file(WRITE "${PROJECT_BINARY_DIR}/torch_pch.cpp" "")
endif()
add_library(atelier_torch_pch OBJECT "${PROJECT_BINARY_DIR}/torch_pch.cpp")
target_link_libraries(atelier_torch_pch PUBLIC LibTorch::LibTorch atelier_warnings)
target_precompile_headers(atelier_torch_pch PRIVATE <torch/types.h> <torch/utils.h>
    <torch/nn/module.h> <torch/nn/modules/container/modulelist.h> <torch/nn/pimpl.h> <map> <string> <vector>)

# add_room(name [PCH] SOURCES ... [MAY_USE neighbour ...])
#   PCH      the room includes torch
#   MAY_USE  the libraries whose headers the room includes
function(add_room name)
    cmake_parse_arguments(PARSE_ARGV 1 room "PCH" "" "SOURCES;MAY_USE")
    add_library(${name} STATIC ${room_SOURCES})
    target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${name} PUBLIC ${room_MAY_USE} PRIVATE atelier_warnings)
    if(room_PCH)
        target_link_libraries(${name} PUBLIC LibTorch::LibTorch)
        target_precompile_headers(${name} REUSE_FROM atelier_torch_pch)
    endif()
endfunction()
