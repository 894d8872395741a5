namespace RtpProxy.Daemon.Logging;

/// <summary>Where log lines go. Called by the one thread that writes them, and may make it wait.</summary>
internal interface ILogOutput : IDisposable
{
    void Write(in LogEntry entry);
}
