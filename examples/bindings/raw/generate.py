#!/usr/bin/env python3
"""Raw layers of libnctracks from its description alone: every function, constant, handle and structure.

generate.py API.JSON python|lua|csharp

The layer is printed. Nothing in it is written by hand, and nothing about the library is known here beyond the schema of
the description (api.schema.json).
"""
import json
import sys

INTEGERS = ("int32_t", "uint32_t", "int64_t", "uint64_t", "size_t", "nct_status", "nct_code")


def bare(ctype):
    """The type a pointer points to in the end."""
    return ctype.replace("const", "").replace("struct ", "").replace("*", "").strip()


def structures(api):
    return api["callbacks"] + api["records"]


def is_structure(api, ctype):
    return bare(ctype) in {row["name"] for row in structures(api)}


# ---- Python: ctypes ----

def python_type(api, ctype):
    names = {"int32_t": "c_int32", "uint32_t": "c_uint32", "int64_t": "c_int64", "uint64_t": "c_uint64",
             "size_t": "c_size_t", "nct_status": "c_int32", "nct_code": "c_int32"}
    if ctype == "void":
        return "None"
    if "*" not in ctype:
        return names[ctype]
    if ctype.count("*") == 1 and bare(ctype) in INTEGERS:
        return f"POINTER({names[bare(ctype)]})"
    if ctype.count("*") == 1 and is_structure(api, ctype):
        return f"POINTER({bare(ctype)})"
    if ctype == "const char *":
        return "c_char_p"
    return "c_void_p" if ctype.count("*") == 1 else "POINTER(c_void_p)"


def python_struct(api, row):
    fields = []
    for member in row["members"]:
        ctype = python_type(api, member["type"])
        if "parameters" in member:
            # A callback gets plain pointers: bytes with a length need not end in NUL.
            arguments = ["c_void_p" if "*" in p["type"] and bare(p["type"]) not in INTEGERS else python_type(api, p["type"])
                         for p in member["parameters"]]
            ctype = "CFUNCTYPE(" + ", ".join(["c_void_p" if ctype == "c_char_p" else ctype, *arguments]) + ")"
        fields.append(f'        ("{member["name"]}", {ctype}),')
    return "\n".join([f"class {row['name']}(Structure):", "    _fields_ = [", *fields, "    ]", ""])


def python_layer(api):
    yield "import ctypes"
    yield ("from ctypes import (CFUNCTYPE, POINTER, Structure, c_char_p, c_int32, c_int64, c_size_t, c_uint32, c_uint64,"
           " c_void_p)\n")
    for row in structures(api):
        yield python_struct(api, row)
    for row in api["constants"]:
        yield f"{row['name']} = {row['value']}"
    yield "\n\nFUNCTIONS = {"
    for row in api["functions"]:
        arguments = ", ".join(python_type(api, p["type"]) for p in row["parameters"])
        yield f'    "{row["name"]}": ({python_type(api, row["returns"]["type"])}, [{arguments}]),'
    yield """}


def load(path):
    library = ctypes.CDLL(path)
    for name, (result, arguments) in FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library"""


# ---- Lua: LuaJIT's ffi reads C declarations ----

def c_parameters(parameters):
    return ", ".join(f"{p['type']}{'' if p['type'].endswith('*') else ' '}{p['name']}" for p in parameters) or "void"


def lua_layer(api):
    yield "local ffi = require 'ffi'\nffi.cdef [["
    for name, ctype in api["integers"].items():
        yield f"typedef {ctype} {name};"
    for row in api["handles"]:
        yield f"typedef struct {row['name']} {row['name']};"
    for row in structures(api):
        yield f"typedef struct {row['name']} {{"
        for member in row["members"]:
            if "parameters" in member:
                yield f"    {member['type']} (*{member['name']})({c_parameters(member['parameters'])});"
            else:
                yield f"    {member['type']} {member['name']};"
        yield f"}} {row['name']};"
    for row in api["functions"]:
        yield f"{row['returns']['type']} {row['name']}({c_parameters(row['parameters'])});"
    yield "]]\nlocal raw = { constants = {"
    for row in api["constants"]:
        yield f"    {row['name']} = {row['value']},"
    yield "}, functions = {"
    for row in api["functions"]:
        yield f"    '{row['name']}',"
    yield "} }\nfunction raw.load(path) return ffi.load(path) end\nreturn raw"


# ---- C#: P/Invoke ----

CSHARP_WORDS = {"base", "event", "in", "is", "object", "operator", "out", "params", "ref", "string"}


def csharp_type(api, ctype):
    names = {"int32_t": "int", "uint32_t": "uint", "int64_t": "long", "uint64_t": "ulong", "size_t": "UIntPtr",
             "nct_status": "int", "nct_code": "int"}
    if ctype == "void":
        return "void"
    return names[ctype] if "*" not in ctype else "IntPtr"


def csharp_parameter(api, row):
    name = f"@{row['name']}" if row["name"] in CSHARP_WORDS else row["name"]
    ctype, kind = row["type"], row.get("kind")
    if kind in ("text", "bytes", "name") and ctype.count("*") == 1:
        return f"byte[] {name}"
    if kind in ("integers", "handles"):  # the caller's array
        return f"IntPtr {name}"
    if row.get("direction") == "out" and ctype.count("*") == 1 and bare(ctype) in INTEGERS:
        return f"out {csharp_type(api, bare(ctype))} {name}"
    if row.get("direction") == "out" and ctype.count("*") == 2:
        return f"out IntPtr {name}"
    if kind == "callbacks":
        return f"ref {bare(ctype)} {name}"
    if kind == "records":
        return f"{bare(ctype)}[] {name}"
    return f"{csharp_type(api, ctype)} {name}"


def csharp_struct(api, row):
    yield f"    [StructLayout(LayoutKind.Sequential)] public struct {row['name']} {{"
    for member in row["members"]:
        if "parameters" in member:
            yield f"        public {row['name']}_{member['name']} {member['name']};"
        else:
            yield f"        public {csharp_type(api, member['type'])} {member['name']};"
    yield "    }"
    for member in row["members"]:
        if "parameters" in member:
            arguments = ", ".join(f"{csharp_type(api, p['type'])} {p['name']}" for p in member["parameters"])
            yield ("    [UnmanagedFunctionPointer(CallingConvention.Cdecl)] public delegate "
                   f"{csharp_type(api, member['type'])} {row['name']}_{member['name']}({arguments});")


def csharp_layer(api):
    yield "using System;\nusing System.Runtime.InteropServices;\n\npublic static class Raw {"
    for row in structures(api):
        yield from csharp_struct(api, row)
    for row in api["constants"]:
        yield f"    public const long {row['name']} = {row['value']};"
    for row in api["functions"]:
        arguments = ", ".join(csharp_parameter(api, p) for p in row["parameters"])
        yield '    [DllImport("nctracks", CallingConvention = CallingConvention.Cdecl)]'
        yield f"    public static extern {csharp_type(api, row['returns']['type'])} {row['name']}({arguments});"
    yield "}"


def main():
    layers = {"python": python_layer, "lua": lua_layer, "csharp": csharp_layer}
    if len(sys.argv) != 3 or sys.argv[2] not in layers:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        api = json.load(file)
    print("\n".join(layers[sys.argv[2]](api)))


if __name__ == "__main__":
    main()
