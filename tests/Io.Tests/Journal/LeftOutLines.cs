using Microsoft.Extensions.Logging;
using RtpProxy.Hosting.Journal;
using RtpProxy.Relay.Events;

namespace RtpProxy.Io.Tests.Journal;

/// <summary>What a command asks for and does not get is told once for each thing, not once for each call.</summary>
public sealed class LeftOutLines
{
    private readonly RecordingLogger _logger = new();

    [Fact]
    public void The_same_text_is_told_once_and_another_one_too()
    {
        var log = new EventLog(new RepeatedFaults(_logger, TimeSpan.FromMinutes(10), TimeProvider.System));
        for (int call = 0; call < 100; call++)
        {
            log.On(new RelayEvent.LeftOut($"call{call}", "the notification socket 'a' is not permitted"));
            log.On(new RelayEvent.LeftOut($"call{call}", "the notification socket 'b' is not permitted"));
        }

        _logger.Texts.ShouldBe(
            ["the notification socket 'a' is not permitted", "the notification socket 'b' is not permitted"]);
    }

    [Fact]
    public void What_is_usual_is_told_less_loudly()
    {
        var log = new EventLog(_logger);
        log.On(new RelayEvent.LeftOut("call", "one"));
        log.On(new RelayEvent.LeftOut("call", "two", IsUsual: true));

        _logger.Lines.Select(line => line.Level).ShouldBe([LogLevel.Warning, LogLevel.Information]);
    }

    [Fact]
    public void Texts_without_end_make_no_lines_without_end()
    {
        var log = new EventLog(new RepeatedFaults(_logger, TimeSpan.FromMinutes(10), TimeProvider.System));
        for (int i = 0; i < 5000; i++)
        {
            log.On(new RelayEvent.LeftOut("call", $"the address '{i}' is none"));
        }

        _logger.Lines.Count.ShouldBeLessThan(20);
    }

    [Fact]
    public void A_text_is_one_line_and_not_a_long_one()
    {
        new EventLog(_logger).On(new RelayEvent.LeftOut("call", $"evil\n{new string('x', 8000)}"));

        string line = _logger.Texts.ShouldHaveSingleItem();
        line.ShouldStartWith(@"evil\nxxx");
        line.Length.ShouldBeLessThan(400);
    }
}
