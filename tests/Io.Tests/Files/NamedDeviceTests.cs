using RtpProxy.Io.Storage;

namespace RtpProxy.Io.Tests.Files;

/// <summary>A device in the place of a file that a command, a snapshot or a spool names: opening it might do something.</summary>
public sealed class NamedDeviceTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rtpproxy-io-");
    private readonly RecordingLogger _logger = new();
    private readonly UnopenedTerminal _terminal = new();

    public void Dispose()
    {
        _terminal.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void A_device_that_was_opened_is_told_from_one_that_was_not()
    {
        _terminal.WasOpened.ShouldBeFalse();
        File.OpenHandle(_terminal.Path).Dispose();
        _terminal.WasOpened.ShouldBeTrue();
    }

    [Fact]
    public void A_prompt_is_no_device()
    {
        File.CreateSymbolicLink(Place("tone.0"), _terminal.Path);
        var library = new PromptLibrary(_logger);

        library.TryOpen(Place("tone"), 0).ShouldBeNull();
        library.TryConvert(Place("tone.0"), 0).ShouldBeNull();

        _terminal.WasOpened.ShouldBeFalse();
    }

    [Fact]
    public void A_recording_that_goes_on_is_no_device()
    {
        using var store = new RecordingStore(Path.GetDirectoryName(_terminal.Path), null, _logger);

        store.TryReopen("call", _terminal.Path, 0).ShouldBeNull();

        _terminal.WasOpened.ShouldBeFalse();
        _logger.Texts.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_device_in_the_spool_is_left_alone()
    {
        string spool = Path.GetDirectoryName(_terminal.Path)!;

        RecordingForm.MayBe(spool, Path.GetFileName(_terminal.Path)).ShouldBeFalse();

        _terminal.WasOpened.ShouldBeFalse();
    }

    private string Place(string name) => Path.Combine(_directory.FullName, name);
}
