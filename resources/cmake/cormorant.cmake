# Compiler settings, and the functions that the folders use.

add_library(cormorant_settings INTERFACE)
target_include_directories(cormorant_settings INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(cormorant_settings INTERFACE
    -Wall -Wextra -Wconversion -Wshadow -Werror -fstack-protector-strong)
target_compile_definitions(cormorant_settings INTERFACE
    CORMORANT_VERSION="${PROJECT_VERSION}" QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING)
if(CORMORANT_SANITIZE)
    target_compile_options(cormorant_settings INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined
                                                        -fno-omit-frame-pointer
        # GCC 12 takes the unused alternatives of a variant for uninitialized once the sanitizer has rewritten it.
        -Wno-maybe-uninitialized)
    target_link_options(cormorant_settings INTERFACE -fsanitize=address,undefined)
else()
    target_compile_definitions(cormorant_settings INTERFACE $<$<NOT:$<CONFIG:Release>>:_GLIBCXX_ASSERTIONS>)
endif()
find_program(CORMORANT_LLD ld.lld)
if(CORMORANT_LLD)
    target_link_options(cormorant_settings INTERFACE -fuse-ld=lld)
endif()
find_program(CORMORANT_CCACHE ccache)
if(CORMORANT_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CORMORANT_CCACHE})
endif()

# The system's Python before any other: Debian's python3-* packages are for it.
find_program(CORMORANT_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(NOT CORMORANT_PYTHON)
    find_program(CORMORANT_PYTHON NAMES python3 REQUIRED)
endif()

# Real databases that some tests read: beside the repository, or beside the folder of a worktree. A test skips itself
# with a message where they are absent.
if(DEFINED ENV{CORMORANT_SHARED_DIR})
    set(CORMORANT_SHARED_DIR "$ENV{CORMORANT_SHARED_DIR}")
elseif(NOT EXISTS ${CMAKE_SOURCE_DIR}/../shared AND EXISTS ${CMAKE_SOURCE_DIR}/../../shared)
    get_filename_component(CORMORANT_SHARED_DIR ${CMAKE_SOURCE_DIR}/../../shared ABSOLUTE)
else()
    get_filename_component(CORMORANT_SHARED_DIR ${CMAKE_SOURCE_DIR}/../shared ABSOLUTE)
endif()

# cormorant_module(ormcore_session USES ormcore_mapping ormcore_engine [LIBRARIES fmt::fmt])
# A static library of all sources below the folder that its name gives: ormcore_session is ormcore/session.
# USES names the arrows of the house (tests/architecture/layers.txt checks the includes).
function(cormorant_module target)
    cmake_parse_arguments(ARG "QT" "" "USES;LIBRARIES" ${ARGN})
    string(REPLACE "_" "/" folder ${target})
    set(folder ${CMAKE_SOURCE_DIR}/${folder})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp ${folder}/*.h ${folder}/*.qrc)
    set(compiled ${sources})
    list(FILTER compiled INCLUDE REGEX "\\.cpp$")
    if(compiled)
        add_library(${target} STATIC ${sources})
        set_target_properties(${target} PROPERTIES AUTOMOC ${ARG_QT} AUTORCC ${ARG_QT})
        target_link_libraries(${target} PUBLIC cormorant_settings ${ARG_USES} ${ARG_LIBRARIES})
    else()
        add_library(${target} INTERFACE)
        target_link_libraries(${target} INTERFACE cormorant_settings ${ARG_USES} ${ARG_LIBRARIES})
    endif()
endfunction()

# moc (Qt 6.4) cannot read the standard library's <concepts>, which every header of ormcore includes somewhere: it
# skips it. What moc looks for is not in there.
set(CMAKE_AUTOMOC_MOC_OPTIONS "-D_GLIBCXX_CONCEPTS")

# The unit tests that need no window; they carry the label ormcore.
add_custom_target(ormcore_unit_tests)

# QtTest's headers are most of what a small test compiles: the tests of a folder share them precompiled, those with a
# window and those without, since Qt defines macros for its modules and for the folder.
function(cormorant_test_headers result kind)
    file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
    string(REPLACE "/" "_" target precompiled_${kind}_${folder})
    set(${result} ${target} PARENT_SCOPE)
    if(NOT TARGET ${target})
        file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/${target}.cpp CONTENT "")
        add_library(${target} OBJECT ${CMAKE_BINARY_DIR}/${target}.cpp)
        target_link_libraries(${target} PRIVATE cormorant_settings ${ARGN})
        target_precompile_headers(${target} PRIVATE <QtTest/QTest> <functional> <map> <memory> <optional> <string>
                                                    <variant> <vector>)
    endif()
endfunction()

# cormorant_tests(unit/schema USES ormcore_schema): each tst_*.cpp below tests/<folder> is one QtTest program.
function(cormorant_tests folder)
    cmake_parse_arguments(ARG "" "TIMEOUT" "USES;LIBRARIES;LABELS" ${ARGN})
    if(ARG_USES MATCHES "ui_|cormorant_app")
        cormorant_test_headers(headers window Qt6::Test Qt6::Widgets Qt6::Svg)
    else()
        cormorant_test_headers(headers plain Qt6::Test)
        if(folder MATCHES "^unit/")
            list(APPEND ARG_LABELS ormcore)
        endif()
    endif()
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 300)
    endif()
    file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${folder}/tst_*.cpp)
    foreach(file ${files})
        get_filename_component(base ${file} NAME_WE)
        string(REPLACE "/" "_" prefix ${folder})
        set(target ${prefix}_${base})
        add_executable(${target} ${file})
        set_target_properties(${target} PROPERTIES AUTOMOC ON)
        target_link_libraries(${target} PRIVATE cormorant_settings ${ARG_USES} ${ARG_LIBRARIES} Qt6::Test)
        target_precompile_headers(${target} REUSE_FROM ${headers})
        if("ormcore" IN_LIST ARG_LABELS)
            add_dependencies(ormcore_unit_tests ${target})
        endif()
        add_test(NAME ${folder}/${base} COMMAND ${target})
        set_tests_properties(${folder}/${base} PROPERTIES
            TIMEOUT ${ARG_TIMEOUT}
            ENVIRONMENT "QT_QPA_PLATFORM=offscreen;CORMORANT_SOURCE_DIR=${CMAKE_SOURCE_DIR};CORMORANT_SHARED_DIR=${CORMORANT_SHARED_DIR}"
            LABELS "${ARG_LABELS}" SKIP_REGULAR_EXPRESSION "SKIP_WHOLE_TEST")
    endforeach()
endfunction()

# cormorant_script_test(architecture/house check_house.py [ARGS ...] [TIMEOUT seconds] [LABELS ...])
# A test that is a Python or shell script of the calling folder. Status 77 means skipped; the script says why.
function(cormorant_script_test name script)
    cmake_parse_arguments(ARG "" "TIMEOUT" "ARGS;LABELS" ${ARGN})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 300)
    endif()
    set(command ${CMAKE_CURRENT_SOURCE_DIR}/${script} ${ARG_ARGS})
    if(script MATCHES "\\.py$")
        list(PREPEND command ${CORMORANT_PYTHON} -B)
    endif()
    add_test(NAME ${name} COMMAND ${command})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} SKIP_RETURN_CODE 77 LABELS "${ARG_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;CORMORANT_SOURCE_DIR=${CMAKE_SOURCE_DIR};CORMORANT_SHARED_DIR=${CORMORANT_SHARED_DIR};CORMORANT_BINARY=${CMAKE_BINARY_DIR}/app/cormorant")
endfunction()
