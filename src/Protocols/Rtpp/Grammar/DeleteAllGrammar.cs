using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <summary><c>X</c> (section 3.15).</summary>
internal sealed class DeleteAllGrammar : CommandGrammar<DeleteAllCommand>
{
    public DeleteAllGrammar()
        : base("X", 1, 1) => TakesModifiers = false;

    public override ErrorCode Read(in CommandText text, out Command? command)
    {
        command = new DeleteAllCommand();
        return ErrorCode.None;
    }

    protected override void Write(WordWriter words, DeleteAllCommand command) => words.Begin(Name);
}
