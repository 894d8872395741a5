using System.Net;
using System.Text;

namespace RtpProxy.Protocols.Rtpp.Parsing;

/// <summary>
/// What <c>U</c>, <c>L</c> and the sub-command <c>L</c> say about a leg (control protocol, sections 3.4 and 3.5).
/// </summary>
internal sealed class LegParser(ILocalAddressBook addresses, IServiceNames services)
{
    /// <summary>
    /// Modifiers from left to right, then the family rule, then address and port: the order of section 2.4.
    /// </summary>
    public ErrorCode TryParse(
        ReadOnlySpan<byte> modifierText,
        ReadOnlySpan<byte> addressText,
        ReadOnlySpan<byte> portText,
        out LegModifiers modifiers,
        out RemoteMedia? remote)
    {
        remote = null;
        ErrorCode error = new LegModifierReader(modifierText, addresses).Read(out modifiers);
        if (error != ErrorCode.None)
        {
            return error;
        }

        if (!TryApplyFamilyRule(ref modifiers))
        {
            return ErrorCode.AddressFamily;
        }

        return TryParseRemote(addressText, portText, modifiers.IsIPv6, out remote)
            ? ErrorCode.None
            : ErrorCode.RemoteAddress;
    }

    /// <summary>
    /// Without <c>l</c>, <c>r</c> and direction letters, a remote address of another family than the first bind address
    /// selects the newest bind address of its own family.
    /// </summary>
    private bool TryApplyFamilyRule(ref LegModifiers modifiers)
    {
        if (modifiers.Local is not null
            || modifiers.FirstDirection is not null
            || modifiers.IsIPv6 == addresses.Default.IsIPv6)
        {
            return true;
        }

        LocalAddress? chosen = addresses.FindNewest(modifiers.IsIPv6);
        modifiers = modifiers with { ChosenAddress = chosen };
        return chosen is not null;
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
