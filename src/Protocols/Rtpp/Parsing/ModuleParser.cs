using RtpProxy.Protocols.Rtpp.SubCommands;

namespace RtpProxy.Protocols.Rtpp.Parsing;

/// <summary>
/// Syntax of <c>M&lt;module&gt;:&lt;instance&gt; args...</c> (control protocol, section 4.6). Numbers that are none, and modules
/// that take no sub-commands, are E3; whether there is such an instance is not known here. What a module makes of its arguments is
/// found out only when its turn comes.
/// </summary>
internal static class ModuleParser
{
    private const int CatchDtmf = 3;
    private const int MaxArguments = 3;
    private const int MaxPayloadType = 127;

    /// <returns>Null for a malformed one.</returns>
    public static SubCommand? Parse(Words words)
    {
        ReadOnlySpan<byte> numbers = words[0][1..];
        int colon = numbers.IndexOf((byte)':');
        return colon > 0
            && DecimalNumber.TryParse(numbers[..colon], int.MaxValue, out long module)
            && DecimalNumber.TryParse(numbers[(colon + 1)..], int.MaxValue, out long instance)
            && module == CatchDtmf
            && instance > 0
                ? new DigitSubCommand(ParseDigits(words), (int)instance)
                : null;
    }

    /// <summary><c>dtmf_tag [pt [modifiers]]</c>; null for what catch_dtmf refuses.</summary>
    private static DigitRequest? ParseDigits(Words words)
    {
        int arguments = words.Count - 1;
        long payloadType = DigitRequest.UsualPayloadType;
        return arguments is >= 1 and <= MaxArguments
            && PercentEncoding.TryDecode(words[1], out byte[] tag)
            && (arguments < 2 || DecimalNumber.TryParse(words[2], MaxPayloadType, out payloadType))
            && (arguments < 3 || Letters.AreAll(words[3], 'h'))
                ? new DigitRequest(tag, (byte)payloadType, Hide: arguments == 3)
                : null;
    }
}
