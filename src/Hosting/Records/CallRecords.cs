using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net;
using RtpProxy.Io.Storage.Appending;
using RtpProxy.Relay;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Hosting.Records;

/// <summary>Has a record written of every session that ends.</summary>
/// <remarks>Events come from all workers, which copy values and wait for nothing; started and stopped by the host.</remarks>
internal sealed class CallRecords : IEventSink, IDisposable
{
    private readonly LineWriter<CsvRecord>? _csv;

    /// <param name="csvFile">A file of the original's form; null for none.</param>
    public CallRecords(string? csvFile, ILogger logger)
    {
        _csv = csvFile is null ? null : new LineWriter<CsvRecord>(csvFile, new CsvForm(), logger);
    }

    /// <summary>Records lost so far.</summary>
    public long Lost => _csv?.Lost ?? 0;

    /// <exception cref="IOException">A file cannot be opened.</exception>
    public void Start() => _csv?.Start();

    public void On(RelayEvent told)
    {
        if (told is RelayEvent.SessionEnded ended)
        {
            _csv?.Post(CsvRecord.Of(ended, DateTimeOffset.UtcNow));
        }
    }

    /// <summary>The workers have stopped: records of the sessions that they leave, then the last of all is written.</summary>
    public void Stop(IEnumerable<RelayWorker> workers)
    {
        Instant now = MonotonicClock.Now;
        foreach (RelayWorker worker in workers)
        {
            foreach (Session session in worker.AllSessions)
            {
                On(new RelayEvent.SessionEnded(
                    session, now, SessionEnd.Shutdown, session.Caller.PortNumber, session.Callee.PortNumber));
            }
        }

        _csv?.Stop();
    }

    public void Dispose() => _csv?.Dispose();
}
