using System.Buffers;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RtpProxy.Hosting.Admin;
using RtpProxy.Io.Net.Hep;
using RtpProxy.Relay;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Quality.Sentences;
using RtpProxy.Rtp;

namespace RtpProxy.Hosting.Hep;

/// <summary>Tells collectors how sessions fare: at their end, when their verdict changes, and now and then.</summary>
/// <remarks>Events come from all workers, which make a report of values and leave it in a bounded queue; a task makes packets of it.</remarks>
/// <param name="channels">Those that want more than RTCP.</param>
internal sealed class SessionTeller(IReadOnlyList<HepChannel> channels, WallClock clock, ILogger logger) : IEventSink, IAsyncDisposable
{
    /// <summary>Notes that may wait.</summary>
    public const int MaxQueued = 8192;

    // Reports of many sessions leave little by little, so that they need not wait for each other.
    private const int ReportsAtOnce = 100;

    private static readonly TimeSpan ReportPause = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly Channel<HepNote> _notes = Channel.CreateBounded<HepNote>(
        new BoundedChannelOptions(MaxQueued) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private Task _telling = Task.CompletedTask;
    private Task _reporting = Task.CompletedTask;
    private long _lost;

    /// <summary>Notes that found no room.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <param name="period">Between two reports of the streams that are up; null for none.</param>
    /// <param name="list">Lists sessions: so many are left out, so many wanted.</param>
    public void Start(TimeSpan? period, Func<int, int, Task<SessionListOperation>> list)
    {
        _telling = Task.Run(TellAllAsync);
        if (period is { } time)
        {
            _reporting = Task.Run(() => ReportAsync(time, list));
        }
    }

    public void On(RelayEvent told)
    {
        switch (told)
        {
            case RelayEvent.SessionEnded e:
                Post(new HepNote(HepPayload.StreamReport, e.Report));
                break;
            case RelayEvent.VerdictChanged e:
                Post(new HepNote(HepPayload.Log, e.Report, e.Before));
                break;
        }
    }

    /// <summary>Nothing more is told: makes packets of what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _reporting.ConfigureAwait(false);
        _notes.Writer.TryComplete();
        await _telling.ConfigureAwait(false);
        _stop.Dispose();
    }

    private void Post(HepNote note)
    {
        if (!_notes.Writer.TryWrite(note))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    private async Task TellAllAsync()
    {
        await foreach (HepNote note in _notes.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (note.Kind == HepPayload.Log)
            {
                TellVerdict(note.Report, note.Before);
            }
            else
            {
                TellStream(note, Side.Caller);
                TellStream(note, Side.Callee);
            }
        }
    }

    private void TellStream(HepNote note, Side side)
    {
        LegReport party = note.Report[side];
        if (party.Reception.Packets == 0)
        {
            return; // there is no stream
        }

        DateTimeOffset at = clock.At(note.Report.At);
        _text.ResetWrittenCount();
        StreamReport.Write(note.Report, side, at, isLast: note.Kind == HepPayload.StreamReport, _text);
        Tell(note.Kind, note.Report, party, party.Learned, at);
    }

    private void TellVerdict(SessionReport report, Verdict before)
    {
        // Of the party that it is about, if it is about one.
        LegReport party = report[report.Verdict.Party ?? Side.Caller];
        string text = $"verdict {report.Verdict.Code.Name()} (was {before.Code.Name()}): {VerdictSentences.Of(report)}";
        _text.ResetWrittenCount();
        Encoding.UTF8.GetBytes(text, _text);
        Tell(HepPayload.Log, report, party, party.Learned.IsKnown ? party.Learned : party.SendingTo, clock.At(report.At));
    }

    private void Tell(HepPayload kind, SessionReport report, LegReport party, in Endpoint source, DateTimeOffset at)
    {
        var local = Endpoint.From(party.Local.Address, party.Port);
        var header = new HepHeader(kind, source, local, at.ToUnixTimeMilliseconds() * 1000, report.CallId);
        foreach (HepChannel channel in channels)
        {
            channel.Post(header, _text.WrittenSpan);
        }
    }

    private async Task ReportAsync(TimeSpan period, Func<int, int, Task<SessionListOperation>> list)
    {
        using var timer = new PeriodicTimer(period);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                await ReportAllAsync(list).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
        catch (InvalidOperationException defect)
        {
            Log.StreamReportsEnded(logger, defect);
        }
    }

    private async Task ReportAllAsync(Func<int, int, Task<SessionListOperation>> list)
    {
        int total = 1;
        for (int skip = 0; skip < total; skip += SessionListOperation.MaxTake)
        {
            SessionListOperation page =
                await list(skip, SessionListOperation.MaxTake).WaitAsync(_stop.Token).ConfigureAwait(false);
            total = page.Matching;
            for (int i = 0; i < page.Page.Count; i++)
            {
                Post(new HepNote(HepPayload.PeriodicReport, page.Page[i]));
                if (i % ReportsAtOnce == ReportsAtOnce - 1)
                {
                    await Task.Delay(ReportPause, _stop.Token).ConfigureAwait(false);
                }
            }
        }
    }
}
