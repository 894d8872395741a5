using Microsoft.Extensions.Logging;
using RtpProxy.Hosting.Admin;
using RtpProxy.Io.Storage.Appending;
using RtpProxy.Relay.Events;

namespace RtpProxy.Hosting.Records;

/// <summary>Has a record written of every session that ends.</summary>
/// <remarks>Events come from all workers, which copy values and wait for nothing; started and stopped by the host.</remarks>
internal sealed class CallRecords : IEventSink, IDisposable
{
    private readonly LineWriter<CsvRecord>? _csv;
    private readonly LineWriter<FeedItem>? _json;
    private readonly EventNotices _notices;

    /// <param name="csvFile">A file of the original's form; null for none.</param>
    /// <param name="jsonFile">A file of lines of JSON; null for none.</param>
    public CallRecords(string? csvFile, string? jsonFile, WallClock clock, ILogger logger)
    {
        _csv = csvFile is null ? null : new LineWriter<CsvRecord>(csvFile, new CsvForm(), logger);
        _json = jsonFile is null ? null : new LineWriter<FeedItem>(jsonFile, new JsonForm(clock), logger);
        _notices = new EventNotices(clock, showsDigits: false);
    }

    /// <summary>Records lost so far.</summary>
    public long Lost => (_csv?.Lost ?? 0) + (_json?.Lost ?? 0);

    /// <param name="areNeeded">False: files that cannot be opened are told, and tried again for each record.</param>
    /// <exception cref="IOException">A file cannot be opened, and is needed.</exception>
    public void Start(bool areNeeded)
    {
        _csv?.Start(areNeeded);
        _json?.Start(areNeeded);
    }

    public void On(RelayEvent told)
    {
        if (told is RelayEvent.SessionEnded ended)
        {
            _csv?.Post(CsvRecord.Of(ended, DateTimeOffset.UtcNow));
            _json?.Post(_notices.Of(ended)!);
        }
    }

    /// <summary>Nothing more is told: the last records are written, unless that takes too long.</summary>
    public void Stop()
    {
        _csv?.Stop();
        _json?.Stop();
    }

    public void Dispose()
    {
        _csv?.Dispose();
        _json?.Dispose();
    }
}
