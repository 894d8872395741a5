using RtpProxy.Io.Storage;
using RtpProxy.Relay.Playback;
using RtpProxy.TestKit.Audio;

namespace RtpProxy.Io.Tests.Files;

public sealed class PromptLibraryTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rtpproxy-io-");
    private readonly RecordingLogger _logger = new();
    private readonly PromptLibrary _library;

    public PromptLibraryTests()
    {
        _library = new PromptLibrary(_logger);
    }

    private string Name => Path.Combine(_directory.FullName, "tone");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void A_prompt_is_the_file_with_the_payload_type_as_suffix()
    {
        File.WriteAllBytes(Name + ".0", [1, 2, 3]);

        Prompt prompt = _library.TryOpen(Name, 0)!;

        prompt.Name.ShouldBe(Name);
        prompt.PayloadType.ShouldBe((byte)0);
        prompt.Frames.ToArray().ShouldBe([1, 2, 3]);
        _library.TryOpen(Name, 8).ShouldBeNull();
    }

    [Fact]
    public void Everybody_shares_one_copy_until_the_file_changes()
    {
        File.WriteAllBytes(Name + ".0", [1, 2, 3]);
        Prompt first = _library.TryOpen(Name, 0)!;
        _library.TryOpen(Name, 0).ShouldBeSameAs(first);

        File.WriteAllBytes(Name + ".0", [4, 5, 6, 7]);

        _library.TryOpen(Name, 0)!.Frames.ToArray().ShouldBe([4, 5, 6, 7]);
        first.Frames.ToArray().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_file_that_is_gone_cannot_be_played_any_more()
    {
        File.WriteAllBytes(Name + ".0", [1]);
        _library.TryOpen(Name, 0).ShouldNotBeNull();

        File.Delete(Name + ".0");

        _library.TryOpen(Name, 0).ShouldBeNull();
    }

    [Fact]
    public void Only_regular_files_are_prompts()
    {
        Directory.CreateDirectory(Name + ".0");

        _library.TryOpen(Name, 0).ShouldBeNull();
        _library.TryOpen("", 0).ShouldBeNull();
        _library.TryOpen("a\0b", 0).ShouldBeNull();
        _library.TryOpen(new string('x', 10_000), 0).ShouldBeNull();
    }

    [Fact]
    public void A_gigantic_file_is_refused_by_name()
    {
        using (FileStream file = File.Create(Name + ".0"))
        {
            file.SetLength(PromptLibrary.MaxPromptBytes + 1);
        }

        _library.TryOpen(Name, 0).ShouldBeNull();

        _logger.Texts.ShouldHaveSingleItem().ShouldStartWith($"can't play {Name}.0:");
    }

    [Fact]
    public void More_prompts_than_the_cache_holds_are_all_played()
    {
        for (int i = 0; i < 600; i++)
        {
            File.WriteAllBytes($"{Name}{i}.8", [(byte)i]);
        }

        for (int i = 0; i < 1200; i++)
        {
            _library.TryOpen($"{Name}{i % 600}", 8)!.Frames.ToArray().ShouldBe([(byte)(i % 600)]);
        }
    }

    [Fact]
    public void A_WAV_file_becomes_a_prompt_which_is_made_once_until_the_file_changes()
    {
        File.WriteAllBytes(Name, WavBytes.Tone(44_100, 0.5, 700));

        Prompt first = _library.TryConvert(Name, 8)!;

        first.Name.ShouldBe(Name);
        first.PayloadType.ShouldBe((byte)8);
        first.RateHz.ShouldBe(44_100);
        first.Milliseconds.ShouldBe(500);
        first.Frames.Length.ShouldBe(4_000);
        _library.TryConvert(Name, 8).ShouldBeSameAs(first);
        _library.TryConvert(Name, 0)!.Frames.ToArray().ShouldNotBe(first.Frames.ToArray());
        _library.TryConvert(Name, 18).ShouldBeNull("there is no library for it");
        _library.TryOpen(Name, 8).ShouldBeNull();

        File.WriteAllBytes(Name, WavBytes.Tone(8_000, 1, 700));

        _library.TryConvert(Name, 8)!.Milliseconds.ShouldBe(1_000);
        _logger.Texts.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_is_no_WAV_file_or_too_large_is_refused_by_name()
    {
        File.WriteAllText(Name, "text");
        _library.TryConvert(Name, 0).ShouldBeNull();
        _library.TryConvert(WavBytes.Of(1, 16, 1, 8_000, []), "told", 0).ShouldBeNull();
        using (FileStream file = File.OpenWrite(Name))
        {
            file.SetLength(PromptLibrary.MaxWavBytes + 1);
        }

        _library.TryConvert(Name, 0).ShouldBeNull();
        _library.TryConvert("", 0).ShouldBeNull();

        _logger.Texts.ShouldBe([
            $"can't play {Name}, which is no WAV file",
            "can't play told, which has no samples",
            $"can't play {Name}: {PromptLibrary.MaxWavBytes + 1} bytes, the limit is {PromptLibrary.MaxWavBytes}",
        ]);
    }
}
