using System.Net;
using System.Text;

namespace RtpProxy.Protocols.Rtpp.Parsing;

/// <summary>
/// What <c>U</c>, <c>L</c> and the sub-command <c>L</c> say about a leg (control protocol, sections 3.4 and 3.5).
/// </summary>
internal sealed class LegParser(IServiceNames services)
{
    /// <summary>
    /// Modifiers from left to right, then the family rule, then address and port: the order of section 2.4. What depends on
    /// the daemon's addresses is only asked, in that order.
    /// </summary>
    public ErrorCode TryParse(
        ReadOnlySpan<byte> modifierText,
        ReadOnlySpan<byte> addressText,
        ReadOnlySpan<byte> portText,
        List<AddressQuestion> questions,
        out LegModifiers modifiers,
        out RemoteMedia? remote)
    {
        remote = null;
        ErrorCode error = new LegModifierReader(modifierText, questions).Read(out modifiers);
        if (error != ErrorCode.None)
        {
            return error;
        }

        if (modifiers.Local is null && modifiers.FirstDirection is null)
        {
            questions.Add(AddressQuestion.HasFamily.Of(modifiers.IsIPv6));
        }

        return TryParseRemote(addressText, portText, modifiers.IsIPv6, out remote)
            ? ErrorCode.None
            : ErrorCode.RemoteAddress;
    }

    private bool TryParseRemote(
        ReadOnlySpan<byte> addressText,
        ReadOnlySpan<byte> portText,
        bool isIPv6,
        out RemoteMedia? remote)
    {
        remote = new RemoteMedia(Encoding.Latin1.GetString(addressText), Encoding.Latin1.GetString(portText));

        // A text too short or too long for any address of its family is ignored, and its port with it.
        (int shortest, int longest) = isIPv6 ? (2, 45) : (7, 15);
        if (addressText.Length < shortest || addressText.Length > longest)
        {
            return true;
        }

        bool isAddress = isIPv6
            ? AddressLiteral.TryParseIPv6(addressText, out IPAddress? address)
            : AddressLiteral.TryParseIPv4(addressText, out address);
        if (!isAddress || !TryParsePort(portText, remote.PortText, out ushort port))
        {
            return false;
        }

        remote = remote with { Address = address, Port = port };
        return true;
    }

    private bool TryParsePort(ReadOnlySpan<byte> digits, string name, out ushort port)
    {
        if (DecimalNumber.TryParse(digits, ushort.MaxValue, out long number))
        {
            port = (ushort)number;
            return true;
        }

        port = 0;
        bool isNumber = DecimalNumber.DigitRun(digits) == digits.Length;
        return !isNumber && services.TryFindUdp(name, out port);
    }
}
