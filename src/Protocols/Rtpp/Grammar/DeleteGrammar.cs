using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Parsing;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <summary><c>D[w] call_id from_tag [to_tag]</c> (section 3.8).</summary>
internal sealed class DeleteGrammar : CommandGrammar<DeleteCommand>
{
    public DeleteGrammar()
        : base("D", 3, 4) => FromTagIndex = 2;

    public override ErrorCode Read(in CommandText text, out Command? command)
    {
        command = null;
        if (!Letters.AreAll(text.Modifiers, 'w'))
        {
            return ErrorCode.DeleteModifier;
        }

        command = new DeleteCommand(text.Text(1), text.Text(2), text.TextOrNull(3), Weak: !text.Modifiers.IsEmpty);
        return ErrorCode.None;
    }

    public override bool MayHave(ReadOnlySpan<byte> modifiers) => Letters.AreAll(modifiers, 'w');

    protected override void Write(WordWriter words, DeleteCommand command)
    {
        words.Begin(command.Weak ? "Dw" : "D");
        words.Word(command.Call, nameof(command.Call));
        words.Tags(command.FromTag, command.ToTag);
    }
}
