using System.Globalization;
using RtpProxy.Rtp;

namespace RtpProxy.Daemon.Options;

/// <summary>The options whose argument is a number.</summary>
internal sealed partial class OptionReader
{
    private const int MaxPort = 65_535;
    private const int MaxCollectorPeriod = 86_400; // a day
    private const int MaxTos = 255;
    private const int MaxPayloadType = 127;
    private const int UsualDigitPayloadType = 101;
    private const int MaxJitterBuffer = 2_000; // Nobody waits longer for an answer.
    private const int MaxSocketMode = 4_095; // Octal 7777: all bits that chmod(2) knows.

    // More threads than a machine has CPUs only pass work around; the bound keeps a slip of the finger harmless.
    private const int MaxWorkers = 1_024;

    public string? ReadPort(string argument, string which, Func<DaemonOptions, int, DaemonOptions> change)
    {
        return DecimalArgument.Read(argument, 1, MaxPort, out int port) switch
        {
            NumberFault.None => Keep(change(Options, port)),
            NumberFault.OutOfRange => $"invalid value of the port_{which} argument, not in the range 1-65535",
            _ => $"{argument}: {which} port argument is invalid",
        };
    }

    public string? ReadTtl(string argument)
    {
        return DecimalArgument.Read(argument, 1, int.MaxValue, out int seconds) == NumberFault.None
            ? Keep(Options with { Relay = Options.Relay with { TtlSeconds = seconds } })
            : $"{argument}: max TTL argument is invalid";
    }

    public string? ReadSetupTtl(string argument)
    {
        return DecimalArgument.Read(argument, 1, int.MaxValue, out int seconds) == NumberFault.None
            ? Keep(Options with { Relay = Options.Relay with { SetupTtlSeconds = seconds } })
            : $"{argument}: max setup TTL argument is invalid";
    }

    // -1 leaves the byte to the system and 0xB8 is understood, as the manual page promises.
    public string? ReadTos(string argument)
    {
        const int LeaveAlone = -1;
        bool isHexadecimal = argument.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        NumberFault fault = isHexadecimal
            ? DecimalArgument.Read(argument[2..], 0, MaxTos, out int tos, numberBase: 16)
            : DecimalArgument.Read(argument, LeaveAlone, MaxTos, out tos);
        return fault switch
        {
            NumberFault.None => Keep(Options with { Relay = Options.Relay with { Tos = tos == LeaveAlone ? null : (byte)tos } }),
            NumberFault.OutOfRange => $"{argument}: TOS is too small/large",
            _ => $"{argument}: TOS argument is invalid",
        };
    }

    // The original reads every number as decimal (432 is octal 0660). A leading zero says octal, as with chmod(1).
    public string? ReadSocketMode(string argument)
    {
        int numberBase = argument.Length > 1 && argument[0] == '0' ? 8 : 10;
        return DecimalArgument.Read(argument, 0, MaxSocketMode, out int mode, numberBase) == NumberFault.None
            ? Keep(Options with { SocketMode = (UnixFileMode)mode })
            : $"{argument}: socket mode argument is invalid";
    }

    // Without an argument, which getopt cannot tell from an empty one, the type that most phones use.
    public string? ReadDigitPayloadType(string argument)
    {
        int type = UsualDigitPayloadType;
        return argument.Length == 0 || DecimalArgument.Read(argument, 0, MaxPayloadType, out type) == NumberFault.None
            ? Keep(Options with { Relay = Options.Relay with { DigitPayloadType = new PayloadType((byte)type) } })
            : $"--dtmf={argument}: payload type of digits is invalid, not in the range 0-{MaxPayloadType}";
    }

    public string? ReadJitterBuffer(string argument)
    {
        return DecimalArgument.Read(argument, 1, MaxJitterBuffer, out int milliseconds) == NumberFault.None
            ? Keep(Options with { Relay = Options.Relay with { JitterBuffer = TimeSpan.FromMilliseconds(milliseconds) } })
            : $"{argument}: length of the de-jitter buffer is invalid, not in the range 1-{MaxJitterBuffer} ms";
    }

    public string? ReadDescriptorLimit(string argument)
    {
        return DecimalArgument.Read(argument, 0, int.MaxValue, out int limit) == NumberFault.None
            ? Keep(Options with { DescriptorLimit = limit })
            : $"{argument}: max file rlimit argument is invalid";
    }

    public string? ReadNice(string argument)
    {
        return DecimalArgument.Read(argument, -20, 20, out int nice) switch
        {
            NumberFault.None => Keep(Options with { Nice = nice }),
            NumberFault.OutOfRange => $"{argument}: nice level is out of range -20..20",
            _ => $"{argument}: nice level argument is invalid",
        };
    }

    public string? ReadCaptureId(string argument)
    {
        return uint.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out uint id)
            ? Keep(Options with { CaptureId = id })
            : $"{argument}: capture id is invalid, not in the range 0-4294967295";
    }

    public string? ReadCollectorPeriod(string argument)
    {
        return DecimalArgument.Read(argument, 0, MaxCollectorPeriod, out int seconds) == NumberFault.None
            ? Keep(Options with { CollectorPeriodSeconds = seconds })
            : $"{argument}: seconds between reports are invalid, not in the range 0-{MaxCollectorPeriod}";
    }

    public string? ReadWorkers(string argument)
    {
        return DecimalArgument.Read(argument, 1, MaxWorkers, out int workers) == NumberFault.None
            ? Keep(Options with { Workers = workers })
            : $"{argument}: number of workers is invalid, not in the range 1-{MaxWorkers}";
    }
}
