using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <summary><c>S call_id from_tag [to_tag]</c> (section 3.10).</summary>
internal sealed class NoPlayGrammar : CommandGrammar<NoPlayCommand>
{
    public NoPlayGrammar()
        : base("S", 3, 4)
    {
        TakesModifiers = false;
        FromTagIndex = 2;
    }

    public override ErrorCode Read(in CommandText text, out Command? command)
    {
        command = new NoPlayCommand(text.Text(1), text.Text(2), text.TextOrNull(3));
        return ErrorCode.None;
    }

    protected override void Write(WordWriter words, NoPlayCommand command)
    {
        words.Begin(Name);
        words.Word(command.Call, nameof(command.Call));
        words.Tags(command.FromTag, command.ToTag);
    }
}
