using RtpProxy.TestKit;

namespace RtpProxy.Protocols.Ng.Tests.Fuzz;

/// <summary>Replays the committed corpus.</summary>
public sealed class CorpusTests
{
    [Fact]
    public void Messages_of_the_corpus_are_answered() => Corpus.Replay("Message", MessageTarget.Fuzz);

    [Fact]
    public void Streams_of_the_corpus_are_cut() => Corpus.Replay("Stream", StreamTarget.Fuzz);
}
