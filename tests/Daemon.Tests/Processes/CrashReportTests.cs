using Microsoft.Extensions.Logging;
using RtpProxy.Daemon.Logging;
using RtpProxy.Daemon.Running;

namespace RtpProxy.Daemon.Tests.Processes;

/// <summary>There is no way to make the daemon crash from outside, so what it would log is looked at from inside.</summary>
public class CrashReportTests
{
    [Fact]
    public void A_crash_leaves_the_methods_on_the_stack_a_line_each()
    {
        List<string> lines = ReportOf(Thrown(() => Worker.Fail(new InvalidOperationException("of all things"))));

        lines[0].ShouldBe(
            "CRIT:GLOBAL:UnexpectedFault:3010: unexpected fault, ending: System.InvalidOperationException: of all things");
        lines[1].ShouldStartWith("CRIT:GLOBAL:FaultStack:3014: at RtpProxy.Daemon.Tests.Processes.CrashReportTests.Worker.Fail(");
        lines.Count.ShouldBeGreaterThan(2);
    }

    [Fact]
    public void Where_a_fault_of_the_system_ends_the_program_is_told_too()
    {
        // Elsewhere such a fault is one sentence.
        List<string> lines = ReportOf(Thrown(() => Worker.Fail(new IOException("no space left"))));

        lines[0].ShouldEndWith(": System.IO.IOException: no space left");
        lines[1].ShouldContain(": at RtpProxy.Daemon.Tests.Processes.CrashReportTests.Worker.Fail(");
    }

    [Fact]
    public void What_led_to_the_fault_is_told_with_its_own_stack()
    {
        Exception first = Thrown(() => Worker.Fail(new TimeoutException("first")));
        List<string> lines = ReportOf(Thrown(() => throw new AggregateException("second", first)));

        lines[0].ShouldContain("System.AggregateException: second");
        lines.ShouldContain(line => line.Contains("System.TimeoutException: first", StringComparison.Ordinal));
        lines.ShouldContain(line => line.Contains("at RtpProxy.Daemon.Tests.Processes.CrashReportTests.Worker.Fail(", StringComparison.Ordinal));
    }

    [Fact]
    public void A_message_of_many_lines_cannot_pass_for_other_lines_of_the_log()
    {
        List<string> lines = ReportOf(new InvalidOperationException("one\nINFO:GLOBAL:Ended:3002: rtpproxy ended"));

        lines.ShouldAllBe(line => line.StartsWith("CRIT:GLOBAL:", StringComparison.Ordinal));
    }

    private static Exception Thrown(Action act)
    {
        try
        {
            act();
        }
        catch (Exception thrown)
        {
            return thrown;
        }

        throw new InvalidOperationException("nothing was thrown");
    }

    private static List<string> ReportOf(Exception fault)
    {
        Lines lines = new();
        using (DaemonLoggerFactory loggers = new(LogLevel.Critical, new LogWriter(lines)))
        {
            CrashReport.Write(loggers.CreateLogger("rtpproxy"), fault);
        }

        return lines.All;
    }

    private static class Worker
    {
        public static void Fail(Exception fault) => throw fault;
    }

    private sealed class Lines : ILogOutput
    {
        public List<string> All { get; } = [];

        public void Write(in LogEntry entry) => All.Add(entry.Text);

        public void Dispose()
        {
        }
    }
}
