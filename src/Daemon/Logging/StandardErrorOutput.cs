using System.Text;
using RtpProxy.Io.Posix.Processes;

namespace RtpProxy.Daemon.Logging;

/// <summary>Log lines on standard error.</summary>
internal sealed class StandardErrorOutput(LogTimeForm timeForm) : ILogOutput
{
    public void Write(in LogEntry entry) =>
        StandardStreams.WriteError(Encoding.UTF8.GetBytes($"{timeForm.Prefix(entry.Time)}{entry.Text}\n"));

    public void Dispose()
    {
    }
}
