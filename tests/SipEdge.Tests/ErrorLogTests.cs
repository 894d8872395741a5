using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.SipEdge.Tests;

/// <summary>The log on standard error.</summary>
public sealed class ErrorLogTests
{
    [Fact]
    public async Task A_reader_that_has_stopped_reading_delays_nobody_and_is_told_what_it_missed()
    {
        using var reader = new StalledWriter();
        await using (var log = new ErrorLog(LogLevel.Information, reader, new ManualTime()))
        {
            for (int i = 0; i < 10_000; i++)
            {
                Write(log, LogLevel.Warning, i.ToString(CultureInfo.InvariantCulture));
            }

            reader.GoOn();
        }

        string text = reader.Text;
        text.ShouldContain(" WARNING 0\n");
        text.ShouldContain("lines were lost here");
        text.ShouldNotContain(" WARNING 9999\n");
    }

    [Fact]
    public async Task Levels_below_the_least_say_nothing_and_the_end_waits_for_the_rest()
    {
        using var target = new StringWriter();
        await using (var log = new ErrorLog(LogLevel.Warning, target, new ManualTime()))
        {
            Write(log, LogLevel.Information, "small talk");
            Write(log, LogLevel.Error, "news");
        }

        target.ToString().ShouldEndWith(" ERROR news\n");
        target.ToString().ShouldNotContain("small talk");
    }

    private static void Write(ErrorLog log, LogLevel level, string text) => log.Log(level, default, text, null, (line, _) => line);

    private sealed class StalledWriter : TextWriter
    {
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly StringBuilder _text = new();

        public override Encoding Encoding => Encoding.UTF8;

        public string Text => _text.ToString();

        public void GoOn() => _goOn.SetResult();

        public override async Task WriteLineAsync(string? value)
        {
            await _goOn.Task;
            _text.Append(value).Append('\n');
        }
    }
}
