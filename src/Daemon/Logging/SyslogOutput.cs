using Microsoft.Extensions.Logging;
using RtpProxy.Daemon.Options;
using RtpProxy.Io.Posix.Processes;

namespace RtpProxy.Daemon.Logging;

/// <summary>Log lines to syslog(3), which adds the time and the pid itself.</summary>
internal sealed class SyslogOutput(SyslogFacility facility) : ILogOutput
{
    private const string Identity = "rtpproxy";

    private readonly SystemLog _log = new(Identity, (int)facility);

    public void Write(in LogEntry entry) => _log.Write(Severity(entry.Level), entry.Text);

    public void Dispose() => _log.Dispose();

    // RFC 5424 section 6.2.1.
    private static int Severity(LogLevel level)
    {
        return level switch
        {
            LogLevel.Critical => 2,
            LogLevel.Error => 3,
            LogLevel.Warning => 4,
            LogLevel.Information => 6,
            _ => 7,
        };
    }
}
