namespace RtpProxy.Protocols.Rtpp.Commands;

/// <summary><c>Q[v] call_id from_tag [to_tag [stat ...]]</c>.</summary>
/// <param name="Modifiers">
/// The text after the letter, verbatim: it is judged only once the session is found (section 2.4, step 9). Empty or
/// <c>v</c>/<c>V</c> are good.
/// </param>
public sealed record QueryCommand(
    string Call,
    string FromTag,
    string? ToTag,
    IReadOnlyList<string> Names,
    string Modifiers = "") : Command
{
    public override string CallId => Call;
}
