using Microsoft.Extensions.Logging;
using RtpProxy.Io.Journal;

namespace RtpProxy.Io.Tests.Journal;

/// <summary>What a command asked for and did not get is told once for each thing, not once for each call.</summary>
public sealed class LeftOutLines
{
    private readonly RecordingLogger _logger = new();

    [Fact]
    public void The_same_text_is_told_once_and_another_one_too()
    {
        var journal = new LogJournal(_logger);
        for (int call = 0; call < 100; call++)
        {
            journal.LeftOut($"call{call}", "the notification socket 'a' is not permitted");
            journal.LeftOut($"call{call}", "the notification socket 'b' is not permitted");
        }

        _logger.Texts.ShouldBe(
        [
            "the notification socket 'a' is not permitted (0 more times since the last such line)",
            "the notification socket 'b' is not permitted (0 more times since the last such line)",
        ]);
    }

    [Fact]
    public void What_is_usual_is_told_less_loudly()
    {
        var journal = new LogJournal(_logger);
        journal.LeftOut("call", "one");
        journal.LeftOut("call", "two", isUsual: true);

        _logger.Lines.Select(line => line.Level).ShouldBe([LogLevel.Warning, LogLevel.Information]);
    }

    [Fact]
    public void Texts_without_end_make_neither_lines_nor_memory_without_end()
    {
        var journal = new LogJournal(_logger);
        for (int i = 0; i < 5000; i++)
        {
            journal.LeftOut("call", $"the address '{i}' is none");
        }

        _logger.Lines.Count.ShouldBeLessThanOrEqualTo(RepeatedLines.MaxTexts + 1);
    }

    [Fact]
    public void A_text_is_one_line_and_not_a_long_one()
    {
        new LogJournal(_logger).LeftOut("call", $"evil\n{new string('x', 8000)}");

        string line = _logger.Texts.ShouldHaveSingleItem();
        line.ShouldStartWith(@"evil\nxxx");
        line.Length.ShouldBeLessThan(400);
    }

    [Fact]
    public void Later_it_is_told_again_with_how_often_it_was_not()
    {
        var lines = new RepeatedLines(TimeSpan.FromSeconds(10));
        var start = new Relay.Instant(0);
        lines.TryPass("x", start, out _).ShouldBeTrue();
        lines.TryPass("x", start + TimeSpan.FromSeconds(1), out _).ShouldBeFalse();
        lines.TryPass("x", start + TimeSpan.FromSeconds(9), out _).ShouldBeFalse();

        lines.TryPass("x", start + TimeSpan.FromSeconds(11), out long repeats).ShouldBeTrue();
        repeats.ShouldBe(2);
    }
}
