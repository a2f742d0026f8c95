# Finds LibTorch as it lies in the unpacked wheel (or in the official archive) and makes one target:
#   LibTorch::LibTorch   headers after all others (-idirafter: they carry their own fmt, protobuf, dnnl),
#                        linked as torch_cpu + c10, plus the CUDA half where the full set is there.
# Input: LIBTORCH_ROOT, a folder that holds include/ and lib/, or torch/include and torch/lib.
# Output: LibTorch_FOUND, LibTorch_VERSION, LibTorch_HAS_CUDA, LibTorch_LIBRARY_DIR.

set(LIBTORCH_ROOT "" CACHE PATH "LibTorch that is already on this computer")
set(_libtorch_cache "$ENV{XDG_CACHE_HOME}")
if(NOT _libtorch_cache)
    set(_libtorch_cache "$ENV{HOME}/.cache")
endif()

find_path(LibTorch_PREFIX NAMES include/torch/csrc/api/include/torch/torch.h
    HINTS "${LIBTORCH_ROOT}" "${LIBTORCH_ROOT}/torch"
          "${_libtorch_cache}/atelier/libtorch-2.11.0/torch"
    NO_DEFAULT_PATH)
if(LibTorch_PREFIX)
    set(LibTorch_LIBRARY_DIR "${LibTorch_PREFIX}/lib")
    find_library(LibTorch_CPU_LIBRARY torch_cpu HINTS "${LibTorch_LIBRARY_DIR}" NO_DEFAULT_PATH)
    find_library(LibTorch_C10_LIBRARY c10 HINTS "${LibTorch_LIBRARY_DIR}" NO_DEFAULT_PATH)
    file(STRINGS "${LibTorch_PREFIX}/include/torch/headeronly/version.h" _lines
        REGEX "define TORCH_VERSION_(MAJOR|MINOR|PATCH) ")
    string(REGEX MATCHALL "[0-9]+" _numbers "${_lines}")
    list(JOIN _numbers "." LibTorch_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibTorch
    REQUIRED_VARS LibTorch_CPU_LIBRARY LibTorch_C10_LIBRARY LibTorch_PREFIX
    VERSION_VAR LibTorch_VERSION
    REASON_FAILURE_MESSAGE "run packaging/deps, or give -DLIBTORCH_ROOT=<folder with include/ and lib/>")

if(LibTorch_FOUND AND NOT TARGET LibTorch::LibTorch)
    add_library(LibTorch::LibTorch INTERFACE IMPORTED)
    target_compile_options(LibTorch::LibTorch INTERFACE
        "$<$<COMPILE_LANGUAGE:CXX>:SHELL:-idirafter ${LibTorch_PREFIX}/include>"
        "$<$<COMPILE_LANGUAGE:CXX>:SHELL:-idirafter ${LibTorch_PREFIX}/include/torch/csrc/api/include>"
        "$<$<COMPILE_LANGUAGE:CUDA>:SHELL:-Xcompiler -idirafter,${LibTorch_PREFIX}/include>"
        "$<$<COMPILE_LANGUAGE:CUDA>:SHELL:-Xcompiler -idirafter,${LibTorch_PREFIX}/include/torch/csrc/api/include>")
    target_link_libraries(LibTorch::LibTorch INTERFACE
        "${LibTorch_CPU_LIBRARY}" "${LibTorch_C10_LIBRARY}")
    # The unpacked wheel's libraries need libcudart and libcupti, which lie beside it.
    file(GLOB _cuda_dirs "${LibTorch_PREFIX}/../nvidia/*/lib")
    foreach(_dir IN LISTS _cuda_dirs)
        target_link_options(LibTorch::LibTorch INTERFACE "LINKER:-rpath-link,${_dir}")
    endforeach()

    # The CUDA half registers itself when it is loaded, so it must be linked although no symbol asks for
    # it. The wheel has it even where the libraries it needs are not there: then it is left out.
    set(LibTorch_HAS_CUDA FALSE)
    if(EXISTS "${LibTorch_LIBRARY_DIR}/libtorch_cuda.so")
        execute_process(COMMAND ldd "${LibTorch_LIBRARY_DIR}/libtorch_cuda.so"
            OUTPUT_VARIABLE _needed ERROR_QUIET RESULT_VARIABLE _failed)
        if(_failed EQUAL 0 AND NOT _needed MATCHES "not found")
            set(LibTorch_HAS_CUDA TRUE)
            string(CONCAT _cuda_half "-Wl,--push-state,--no-as-needed,"
                "${LibTorch_LIBRARY_DIR}/libtorch_cuda.so,${LibTorch_LIBRARY_DIR}/libc10_cuda.so,"
                "--pop-state")
            target_link_libraries(LibTorch::LibTorch INTERFACE "${_cuda_half}")
        endif()
    endif()
    if(NOT LibTorch_FIND_QUIETLY)
        message(STATUS "LibTorch computes on CUDA: ${LibTorch_HAS_CUDA}")
    endif()
endif()
