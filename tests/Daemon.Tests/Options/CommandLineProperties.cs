using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Daemon.Options;

namespace RtpProxy.Daemon.Tests.Options;

public class CommandLineProperties
{
    private static readonly string[] Words =
    [
        "-f", "-T", "-m", "-M", "-s", "-l", "-6", "-A", "-n", "-u", "-w", "-d", "-t", "--nice", "--no_re", "--", "-", "",
        "unix:", "tcp::", "udp:*", "a@b=c/d", "0x", "-1", "99999999999", "%%CC_SELF%%", "tcp:%%CC_SELF%%:1", "LOG_", "\0", "\ud800",
    ];

    private static Gen<string[]> Lines =>
        Gen.Elements(Words).Or(ArbMap.Default.GeneratorFor<string>().Where(word => word is not null)).ArrayOf();

    [Fact]
    public void No_line_makes_the_parser_throw()
    {
        Prop.ForAll(Lines.ToArbitrary(), line =>
        {
            CommandLineOutcome outcome = CommandLine.Parse(line);
            return outcome is RunDaemon || outcome is EndProgram { Status: 0 or 1 };
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_listen_argument_makes_the_address_reader_throw()
    {
        Prop.ForAll(Lines.ToArbitrary(), Lines.ToArbitrary(), (ipv4, ipv6) =>
        {
            DaemonOptions options = new()
            {
                Listen = [.. ipv4.Select(text => new ListenArgument(false, text)), .. ipv6.Select(text => new ListenArgument(true, text))],
            };
            StartFault? fault = BindAddressReader.Read(options, new Settings([]), new KnownNames(), [], out var addresses);
            return (fault is null) == (addresses is not null);
        }).QuickCheckThrowOnFailure();
    }
}
