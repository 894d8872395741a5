using RtpProxy.TestKit;

namespace RtpProxy.Protocols.Rtpp.Tests.Fuzz;

/// <summary>Replays the committed corpus.</summary>
public sealed class CorpusTests
{
    [Fact]
    public void Commands_of_the_corpus_are_answered() => Corpus.Replay("CommandParser", CommandParserTarget.Fuzz);

    [Fact]
    public void Datagrams_of_the_corpus_are_answered() => Corpus.Replay("Datagram", DatagramTarget.Fuzz);

    [Fact]
    public void Replies_of_the_corpus_are_read() => Corpus.Replay("Reply", ReplyTarget.Fuzz);
}
