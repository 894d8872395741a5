using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <summary><c>L[mods] call_id remote_ip remote_port from_tag [to_tag]</c> (section 3.3).</summary>
internal sealed class LookupGrammar : CommandGrammar<LookupCommand>
{
    public LookupGrammar()
        : base("L", 5, 6) => TakesSubCommands = true;

    public override ErrorCode Read(in CommandText text, out Command? command)
    {
        ErrorCode error = text.Legs.TryParse(
            text.Modifiers, text.Words[2], text.Words[3], text.Questions, out LegModifiers modifiers, out RemoteMedia? remote);
        command = error == ErrorCode.None
            ? new LookupCommand(text.Text(1), remote!, text.Text(4), text.TextOrNull(5), modifiers)
            : null;
        return error;
    }

    public override bool MayHave(ReadOnlySpan<byte> modifiers) => LegModifierForm.MayBe(modifiers);

    protected override void Write(WordWriter words, LookupCommand command)
    {
        words.Begin(LegModifierText.Write('L', command.Modifiers));
        words.Word(command.Call, nameof(command.Call));
        words.Remote(command.Remote);
        words.Tags(command.FromTag, command.ToTag);
    }
}
