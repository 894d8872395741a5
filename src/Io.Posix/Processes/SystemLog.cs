using System.Runtime.InteropServices;
using System.Text;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Processes;

/// <summary>The connection of this process to syslog(3), with its pid in every line.</summary>
/// <remarks>There is one per process, as the C library has it. Thread-safe.</remarks>
public sealed unsafe class SystemLog : IDisposable
{
    private byte* _identity;

    /// <param name="identity">The program's name in every line.</param>
    /// <param name="facilityCode">RFC 5424 section 6.2.1.</param>
    public SystemLog(string identity, int facilityCode)
    {
        // The library keeps the pointer, so it lives until Dispose.
        _identity = (byte*)Marshal.StringToCoTaskMemUTF8(identity);
        LibC.openlog(_identity, LibC.LOG_PID, facilityCode << 3);
    }

    /// <param name="severity">0 (emergency) to 7 (debug), RFC 5424 section 6.2.1.</param>
    /// <param name="line">One line, without line end.</param>
    public void Write(int severity, string line)
    {
        byte[] message = Encoding.UTF8.GetBytes(line + "\0");
        fixed (byte* text = message)
        fixed (byte* format = "%s\0"u8)
        {
            LibC.syslog(severity, format, text);
        }
    }

    public void Dispose()
    {
        if (_identity != null)
        {
            LibC.closelog();
            Marshal.FreeCoTaskMem((nint)_identity);
            _identity = null;
        }
    }
}
