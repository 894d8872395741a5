using System.Text;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>A file name as the kernel takes it: bytes ended by a NUL.</summary>
internal static class NativePath
{
    /// <summary>A path of our own configuration, which the runtime read as UTF-8.</summary>
    public static byte[] From(string path) => [.. Encoding.UTF8.GetBytes(path), 0];

    /// <summary>A name from the network, one byte per character, in a directory of our own configuration.</summary>
    public static byte[] From(string directory, string latin1Name) =>
        [.. Encoding.UTF8.GetBytes(directory), (byte)'/', .. Encoding.Latin1.GetBytes(latin1Name), 0];
}
