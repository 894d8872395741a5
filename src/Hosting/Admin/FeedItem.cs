using System.Text.Json;
using RtpProxy.Admin;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Quality.Sentences;

namespace RtpProxy.Hosting.Admin;

/// <summary>An event on its way to those who want it: a value since the worker's thread, a line since the first of them writes it.</summary>
/// <param name="Notice">As far as it was cheap to make on the worker's thread.</param>
/// <param name="Report">What <see cref="EventNotice.Session"/> or <see cref="EventNotice.Sentence"/> is made of.</param>
internal sealed record FeedItem(EventNotice Notice, SessionReport? Report)
{
    private byte[]? _line;

    /// <summary>
    /// The whole line, LF included. Not on a worker's thread. Several clients may make it at the same time: the lines are alike.
    /// </summary>
    public byte[] LineBy(SessionDetails details)
    {
        if (Volatile.Read(ref _line) is { } known)
        {
            return known;
        }

        byte[] line =
            [.. JsonSerializer.SerializeToUtf8Bytes(new AdminReply { Event = Whole(details) }, AdminJson.Default.AdminReply), (byte)'\n'];
        Volatile.Write(ref _line, line);
        return line;
    }

    /// <summary>The event alone as a line, as it stands in a file of records. Not on a worker's thread.</summary>
    public byte[] RecordBy(SessionDetails details) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(Whole(details), AdminJson.Default.EventNotice), (byte)'\n'];

    private EventNotice Whole(SessionDetails details) => Report is not { } report ? Notice
        : Notice.Kind == EventKinds.Ended ? Notice with { Session = details.Of(report) }
        : Notice with { Sentence = VerdictSentences.Of(report) };
}
