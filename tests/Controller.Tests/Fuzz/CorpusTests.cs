using FsCheck;
using FsCheck.Fluent;

namespace RtpProxy.Controller.Tests.Fuzz;

/// <summary>Replays the committed corpus, every prefix and every flipped bit of it, and random bytes beside.</summary>
public sealed class CorpusTests
{
    [Fact]
    public void Relay_text_of_the_corpus_is_read_or_refused()
    {
        string[] files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fuzz", "Corpus", "RelayText"));
        files.ShouldNotBeEmpty();
        foreach (byte[] data in files.Select(File.ReadAllBytes))
        {
            for (int i = 0; i <= data.Length; i++)
            {
                RelayTextTarget.Fuzz(data.AsSpan(0, i));
            }

            for (int bit = 0; bit < data.Length * 8; bit++)
            {
                data[bit / 8] ^= (byte)(1 << (bit % 8));
                RelayTextTarget.Fuzz(data);
                data[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }

    [Fact]
    public void Any_bytes_are_read_or_refused() =>
        Prop.ForAll<byte[]>(data => RelayTextTarget.Fuzz(data)).QuickCheckThrowOnFailure();
}
