using System.Globalization;
using RtpProxy.Rtp;

namespace RtpProxy.Daemon.Options;

/// <summary>The options whose argument is a number.</summary>
internal sealed partial class OptionReader
{
    private const int MaxPort = 65_535;
    private const int MaxTos = 255;
    private const int MaxSocketMode = 4_095; // Octal 7777: all bits that chmod(2) knows.
    private const int UsualDigitPayloadType = 101;

    /// <summary>Takes a number of a range.</summary>
    /// <param name="what">What it counts, for the message.</param>
    public ValueFault? ReadNumber(
        string argument, int min, int max, string what, Func<DaemonOptions, int, DaemonOptions> change)
    {
        return DecimalArgument.Read(argument, min, max, out int number) == NumberFault.None
            ? Keep(change(Options, number))
            : new(string.Create(CultureInfo.InvariantCulture, $"{what}, {min} to {max}"));
    }

    /// <summary>Takes a number above zero, whole or with a decimal point.</summary>
    /// <inheritdoc cref="ReadNumber"/>
    public ValueFault? ReadFraction(string argument, double max, string what, Func<DaemonOptions, double, DaemonOptions> change)
    {
        return double.TryParse(argument, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number > 0 && number <= max
            ? Keep(change(Options, number))
            : new(string.Create(CultureInfo.InvariantCulture, $"{what}, above 0 and at most {max}"));
    }

    public ValueFault? ReadPort(string argument, Func<DaemonOptions, int, DaemonOptions> change) =>
        ReadNumber(argument, 1, MaxPort, "a port", change);

    // -1 leaves the byte to the system and 0xB8 is understood, as the manual page promises.
    public ValueFault? ReadTos(string argument)
    {
        const int LeaveAlone = -1;
        bool isHexadecimal = argument.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        NumberFault fault = isHexadecimal
            ? DecimalArgument.Read(argument[2..], 0, MaxTos, out int tos, numberBase: 16)
            : DecimalArgument.Read(argument, LeaveAlone, MaxTos, out tos);
        return fault == NumberFault.None
            ? Keep(Options with { Relay = Options.Relay with { Tos = tos == LeaveAlone ? null : (byte)tos } })
            : new("a number, -1 to 255 or 0x0 to 0xFF");
    }

    // The original reads every number as decimal (432 is octal 0660). A leading zero says octal, as with chmod(1).
    public ValueFault? ReadSocketMode(string argument)
    {
        int numberBase = argument.Length > 1 && argument[0] == '0' ? 8 : 10;
        return DecimalArgument.Read(argument, 0, MaxSocketMode, out int mode, numberBase) == NumberFault.None
            ? Keep(Options with { SocketMode = (UnixFileMode)mode })
            : new("a mode, octal with a leading zero (00 to 07777) or decimal (0 to 4095)");
    }

    // Without an argument, the type that most phones use.
    public ValueFault? ReadDigitPayloadType(string argument)
    {
        return ReadNumber(
            argument.Length == 0 ? $"{UsualDigitPayloadType}" : argument, 0, 127, "a payload type", (options, type) => options with
            {
                Relay = options.Relay with { DigitPayloadType = new PayloadType((byte)type) },
            });
    }

    public ValueFault? ReadCaptureId(string argument)
    {
        return uint.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out uint id)
            ? Keep(Options with { CaptureId = id })
            : new("a number, 0 to 4294967295");
    }
}
