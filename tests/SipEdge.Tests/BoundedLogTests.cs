using System.Net;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Posix;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.SipEdge.Tests;

/// <summary>What strangers make us say.</summary>
public sealed class BoundedLogTests
{
    private static readonly IPEndPoint Source = new(IPAddress.Loopback, 5060);

    [Fact]
    public void A_flood_of_refusals_is_a_few_lines_and_a_count_and_hides_nothing_else()
    {
        var time = new ManualTime();
        var lines = new Lines();
        var log = new BoundedLog(lines, time);
        for (int i = 0; i < 1_000; i++)
        {
            Log.Refused(log, "INVITE", $"{i}", Source, 404, "Not Found");
        }

        lines.Count.ShouldBe(BoundedLog.LinesPerSecond);
        Log.Reloaded(log, "edge.json");
        lines[^1].ShouldContain("edge.json");

        time.Advance(TimeSpan.FromSeconds(1));
        Log.Refused(log, "INVITE", "last", Source, 404, "Not Found");
        lines[^2].ShouldBe("980 more like the next line were left out");
        lines[^1].ShouldContain("last");
        Log.Refused(log, "INVITE", "next", Source, 404, "Not Found");
        lines.Count.ShouldBe(BoundedLog.LinesPerSecond + 4);
    }

    [Theory]
    [InlineData("a\u001b[2Jb\r\nc\u0000", "a?[2Jb??c?")]
    [InlineData("\u009b\u00e9\u00ad", "???")]
    [InlineData("", "(none)")]
    public void Text_of_others_is_printed_in_plain_letters(string text, string shown) => PeerText.Brief(text).ShouldBe(shown);

    [Fact]
    public void Text_of_others_is_cut() => PeerText.Brief(new string('x', 10_000)).Length.ShouldBeLessThan(200);

    private sealed class Lines : List<string>, ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add(formatter(state, exception));
    }
}
