using System.Globalization;
using System.Text;

namespace RtpProxy.Controller.Tests.Differential;

/// <summary>One message, and what is to be done with it, by Kamailio's module and by us.</summary>
public sealed record ModuleCase(string Name)
{
    /// <summary>offer, answer, manage, destroy, record, stat, play-uac, play-uas, stop-uac or stop-uas.</summary>
    public string Do { get; init; } = "offer";

    public string Method { get; init; } = "INVITE";

    /// <summary>0 for a request.</summary>
    public int Status { get; init; }

    public string? FromTag { get; init; } = "ft";

    public string? ToTag { get; init; }

    public string Flags { get; init; } = "r";

    public string? Address { get; init; }

    public string? Body { get; init; } = Descriptions.Plain;

    /// <summary>Header lines of the body; null for what suits <see cref="Body"/>.</summary>
    public string? BodyHeaders { get; init; }

    public string[] Replies { get; init; } = [];

    public int Set { get; init; }

    public string? ExtraId { get; init; }

    public int? Ice { get; init; }

    public bool OverIPv6 { get; init; }

    /// <summary>Add a Via of another hop below the sender's.</summary>
    public bool HasSecondVia { get; init; }

    /// <summary>Use compact names, folding, blanks and letter cases that few senders use.</summary>
    public bool IsOddlyWritten { get; init; }

    /// <summary>Write the head in a form drawn from this seed; null for the plain form.</summary>
    public int? HeadSeed { get; init; }

    /// <summary>How much more Content-Length says than there is; null leaves the field out.</summary>
    public int? ExtraLength { get; init; } = 0;

    public override string ToString() => Name;

    /// <summary>The message as it reaches the proxy.</summary>
    /// <param name="callId">Its Call-ID.</param>
    /// <param name="sender">Where it comes from and where the proxy shall pass it on to.</param>
    /// <param name="proxy">The proxy's address.</param>
    public string Write(string callId, string sender, string proxy)
    {
        var text = new StringBuilder();
        text.Append(Status == 0
            ? $"{Method} sip:bob@example.com SIP/2.0\r\n"
            : string.Create(CultureInfo.InvariantCulture, $"SIP/2.0 {Status} Whatever\r\n"));
        string second = Status != 0 ? sender : "192.0.2.77";
        string[] vias = [$"SIP/2.0/UDP {(Status != 0 ? proxy : sender)};branch=z9hG4bKfirst{callId}", $"SIP/2.0/UDP {second};branch=z9hG4bKsecond{callId}"];
        vias = Status != 0 || HasSecondVia ? vias : vias[..1];
        string bodyFields = BodyFields();
        text.Append(HeadSeed is { } seed ? new WildHeaders(seed).Write(this, callId, vias, bodyFields) : Fields(callId, vias));
        text.Append($"X-Next: {sender}\r\nX-Do: {Do}\r\nX-Prompt: /prompts/moh\r\n");
        AddIf(text, "X-Flags", Flags.Length == 0 ? null : Flags);
        AddIf(text, "X-Address", Address);
        AddIf(text, "X-Extra", ExtraId);
        AddIf(text, "X-Ice", Ice?.ToString(CultureInfo.InvariantCulture));
        AddIf(text, "X-Set", Set == 0 ? null : Set.ToString(CultureInfo.InvariantCulture));
        text.Append(HeadSeed is null ? bodyFields : "");
        return text.Append("\r\n").Append(Body).ToString();
    }

    private string Fields(string callId, string[] vias)
    {
        string from = $"\"A, b;tag=no\" <sip:alice@example.com;x=y>{(FromTag is null ? "" : ";tag=" + FromTag)}";
        string to = $"<sip:bob@example.com>{(ToTag is null ? "" : ";tag=" + ToTag)}";
        return string.Concat(vias.Select(via => $"Via: {via}\r\n"))
            + (IsOddlyWritten
                ? $"f:{from}\r\nTO :\r\n {to}\r\ni:  {callId} \r\ncSEQ:\t1 {Method}\r\n"
                : $"From: {from}\r\nTo: {to}\r\nCall-ID: {callId}\r\nCSeq: 1 {Method}\r\n")
            + "Max-Forwards: 70\r\n";
    }

    private string BodyFields()
    {
        string type = Body is null ? "" : BodyHeaders ?? (IsOddlyWritten ? "c:Application / SDP ;x=y\r\n" : "Content-Type: application/sdp\r\n");
        string lengthName = IsOddlyWritten ? "l:" : "Content-Length: ";
        return ExtraLength is { } extra
            ? string.Create(CultureInfo.InvariantCulture, $"{type}{lengthName}{(Body?.Length ?? 0) + extra}\r\n")
            : type;
    }

    private static void AddIf(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }
    }
}
