using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary>The one call of the C library that the file tools need and .NET lacks.</summary>
internal static partial class LibC
{
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int link(string oldpath, string newpath);
}
