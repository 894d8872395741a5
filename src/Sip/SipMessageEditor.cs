using System.Globalization;
using System.Text;
using RtpProxy.Sip.Headers;

namespace RtpProxy.Sip;

/// <summary>
/// Changes to a message on its way through a proxy. What is not changed leaves as it came, byte for byte;
/// Content-Length follows the body; bytes behind the body that Content-Length does not cover are dropped (RFC 3261
/// section 18.3), because on a stream they would be taken for the next message.
/// </summary>
/// <remarks>
/// Not thread-safe. Every place refers to the original message; two changes to one place are an error.
/// </remarks>
public sealed class SipMessageEditor(SipMessage message)
{
    public SipMessage Message { get; } = message ?? throw new ArgumentNullException(nameof(message));

    /// <summary>
    /// The changes so far; places anywhere in the message may be added, except the value of Content-Length.
    /// </summary>
    public SpliceList Changes { get; } = new();

    public void ReplaceRequestUri(string uri) => Changes.Replace(Message.StartLine.RequestUri, uri);

    /// <summary>
    /// Puts a field before the first one of its kind, or at the top if there is none: a proxy's own Via and
    /// Record-Route.
    /// </summary>
    public void AddFirst(HeaderKind kind, string value)
    {
        string line = $"{HeaderNames.NameOf(kind)}: {value}\r\n";
        Changes.Insert(Message.TryFind(kind, out SipHeader header) ? header.Line.Start : TopOfHeaders, line);
    }

    /// <summary>Puts a field behind all others.</summary>
    public void AddLast(string name, string value) => Changes.Insert(EndOfHeaders, $"{name}: {value}\r\n");

    /// <summary>Replaces the value of the first field of a kind, or adds the field behind all others.</summary>
    public void SetValue(HeaderKind kind, string value)
    {
        if (Message.TryFind(kind, out SipHeader header))
        {
            Changes.Replace(header.Value, header.Value.Start == header.Name.End + 1 ? " " + value : value);
        }
        else
        {
            AddLast(HeaderNames.NameOf(kind), value);
        }
    }

    /// <summary>
    /// Removes the first value of the first field of a kind, with its comma, or the field if it has no other value: the
    /// Via of this proxy in a response, the Route of this proxy in a request.
    /// </summary>
    /// <returns>False when there is no such field.</returns>
    public bool RemoveFirstValue(HeaderKind kind)
    {
        if (!Message.TryFind(kind, out SipHeader header))
        {
            return false;
        }

        TextSpan[] values = [.. ValueList.Split(Message.Text, header.Value).Take(2)];
        Changes.Remove(values.Length < 2 ? header.Line : TextSpan.FromBounds(values[0].Start, values[1].Start));
        return true;
    }

    /// <summary>Removes every field of a kind.</summary>
    public void RemoveAll(HeaderKind kind)
    {
        foreach (SipHeader header in Message.Headers)
        {
            if (header.Kind == kind)
            {
                Changes.Remove(header.Line);
            }
        }
    }

    /// <summary>The message with all changes made, as Latin-1.</summary>
    public string Build()
    {
        int change = Changes.LengthChangeIn(Message.Body);
        var all = new SpliceList();
        all.AddRange(Changes.Splices);
        if (change != 0 && Message.TryFind(HeaderKind.ContentLength, out SipHeader length))
        {
            int total = Message.Body.Length + change;
            all.Replace(length.Value, total.ToString(CultureInfo.InvariantCulture));
        }

        if (Message.Body.End < Message.Rest.End)
        {
            all.Remove(TextSpan.FromBounds(Message.Body.End, Message.Rest.End));
        }

        return all.ApplyTo(Message.Text);
    }

    /// <summary>The bytes of the message with all changes made.</summary>
    public byte[] ToBytes() => Encoding.Latin1.GetBytes(Build());

    private int TopOfHeaders => Message.Text.IndexOf('\n', Message.StartLine.Line.End) + 1;

    private int EndOfHeaders => Message.Headers.Length > 0 ? Message.Headers[^1].Line.End : TopOfHeaders;
}
