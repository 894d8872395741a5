using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Getopt;

/// <summary>Whether an option takes an argument; the values of <c>has_arg</c> in getopt_long(3).</summary>
public enum ArgumentRule
{
    None = LibC.no_argument,
    Required = LibC.required_argument,

    /// <summary>Only in the form <c>--name=argument</c>.</summary>
    Optional = LibC.optional_argument,
}
