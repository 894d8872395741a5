using System.Runtime.InteropServices;
using System.Text;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Processes;

/// <summary>realpath(3).</summary>
public static unsafe class RealPath
{
    /// <summary>The absolute path of an existing file, without symbolic links.</summary>
    /// <param name="reason">Why there is none, in the system's words; empty otherwise.</param>
    public static string? Find(string path, out string reason)
    {
        using NativeStrings strings = new();
        byte* resolved = LibC.realpath(strings.Add(path), null);
        if (resolved == null)
        {
            reason = Marshal.GetPInvokeErrorMessage((int)LibC.LastErrno);
            return null;
        }

        reason = "";
        string text = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(resolved));
        LibC.free(resolved);
        return text;
    }
}
