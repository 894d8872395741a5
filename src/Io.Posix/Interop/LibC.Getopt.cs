using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>getopt_long(3). It speaks through the variables <c>optind</c>, <c>optarg</c> and <c>optopt</c> of the library.</summary>
internal static unsafe partial class LibC
{
    public const int no_argument = 0;
    public const int required_argument = 1;
    public const int optional_argument = 2;

    /// <summary>Index of the next argument to be looked at; 0 starts a new scan.</summary>
    public static ref int optind => ref *(int*)Variable(nameof(optind));

    /// <summary>The option that the last <c>?</c> or <c>:</c> was about.</summary>
    public static ref int optopt => ref *(int*)Variable(nameof(optopt));

    /// <summary>The argument of the option just found, or null.</summary>
    public static byte* optarg => *(byte**)Variable(nameof(optarg));

    [LibraryImport(Library)]
    public static partial int getopt_long(int argc, byte** argv, byte* shortopts, option* longopts, int* indexptr);

    private static nint Variable(string name) => NativeLibrary.GetExport(NativeLibrary.Load(Library), name);

    [StructLayout(LayoutKind.Sequential)]
    public struct option
    {
        public byte* name;
        public int has_arg;
        public int* flag;
        public int val;
    }
}
