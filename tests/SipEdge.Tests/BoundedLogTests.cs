using System.Net;
using Microsoft.Extensions.Logging;
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
