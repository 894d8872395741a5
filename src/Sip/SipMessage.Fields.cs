using RtpProxy.Sip.Headers;

namespace RtpProxy.Sip;

public sealed partial class SipMessage
{
    /// <summary>The Call-ID without surrounding blanks; null when the field is missing or empty.</summary>
    public string? CallId =>
        TryFind(HeaderKind.CallId, out SipHeader header) && !header.Value.IsEmpty ? ValueOf(header) : null;

    /// <summary>The tag of From; null when there is none.</summary>
    public string? FromTag => From?.Tag;

    /// <summary>The tag of To; null when there is none, as in the first request of a dialog.</summary>
    public string? ToTag => To?.Tag;

    /// <summary>From; null when it is missing or malformed.</summary>
    public NameAddress? From => ReadAddress(HeaderKind.From);

    /// <summary>To; null when it is missing or malformed.</summary>
    public NameAddress? To => ReadAddress(HeaderKind.To);

    /// <summary>CSeq; null when it is missing or malformed.</summary>
    public CSeq? CSeq =>
        TryFind(HeaderKind.CSeq, out SipHeader header)
        && Sip.Headers.CSeq.TryParse(Text, header.Value, out CSeq cseq, out _)
            ? cseq
            : null;

    /// <summary>The topmost Via; null when it is missing or malformed.</summary>
    public Via? TopVia => FindVia(0);

    /// <summary>
    /// The Via at a position counted over all Via fields and their comma-separated values, 0 the topmost.
    /// </summary>
    /// <returns>Null when there are fewer, or the one asked for is malformed.</returns>
    public Via? FindVia(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        foreach (TextSpan value in ValuesOf(HeaderKind.Via))
        {
            if (index-- == 0)
            {
                return Via.TryParse(Text, value, out Via? via, out _) ? via : null;
            }
        }

        return null;
    }

    /// <summary>
    /// The addresses of a field such as Route, Record-Route or Contact, over all its lines and values.
    /// </summary>
    /// <remarks>Values that cannot be read are left out; <see cref="ValuesOf"/> still lists them.</remarks>
    public IEnumerable<NameAddress> AddressesOf(HeaderKind kind)
    {
        foreach (TextSpan value in ValuesOf(kind))
        {
            if (NameAddress.TryParse(Text, value, out NameAddress? address, out _))
            {
                yield return address;
            }
        }
    }

    /// <summary>
    /// The comma-separated values of a field over all its lines, in order, as places in <see cref="Text"/>.
    /// </summary>
    public IEnumerable<TextSpan> ValuesOf(HeaderKind kind)
    {
        foreach (SipHeader header in Headers)
        {
            if (header.Kind != kind)
            {
                continue;
            }

            foreach (TextSpan value in ValueList.Split(Text, header.Value))
            {
                yield return value;
            }
        }
    }

    /// <summary>The first field of a kind.</summary>
    public bool TryFind(HeaderKind kind, out SipHeader header)
    {
        foreach (SipHeader candidate in Headers)
        {
            if (candidate.Kind == kind)
            {
                header = candidate;
                return true;
            }
        }

        header = default;
        return false;
    }

    /// <summary>The first field of a name, in any letter case, for fields without a kind of their own.</summary>
    public bool TryFind(string name, out SipHeader header)
    {
        foreach (SipHeader candidate in Headers)
        {
            if (candidate.Name.In(Text).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                header = candidate;
                return true;
            }
        }

        header = default;
        return false;
    }

    /// <summary>The value of a field with folds replaced by one blank each (RFC 3261 section 7.3.1).</summary>
    public string ValueOf(SipHeader header) => Folding.Unfold(header.Value.In(Text));

    private NameAddress? ReadAddress(HeaderKind kind) =>
        TryFind(kind, out SipHeader header) && NameAddress.TryParse(Text, header.Value, out NameAddress? address, out _)
            ? address
            : null;
}
