using RtpProxy.EndToEnd.Phones;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Calls;

public sealed class CallsOverNg(NgSite site) : CallsThroughKamailio(site), IClassFixture<NgSite>
{
    private readonly NgSite _site = site;

    [Fact]
    public Task Parties_on_two_networks_are_told_the_addresses_of_theirs() => TalkOnceAsync("networks", AudioAndVideo);

    protected override Task ShouldBeRecordedAsync(TestCall call) => Eventually.TrueAsync(
        async () =>
        {
            byte[][] files = [.. await Task.WhenAll(Directory.GetFiles(_site.RecordingDirectory, $"*{call.Dialog.CallId}*")
                .Select(file => File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)))];
            return files.Any(file => call.Caller.Lines[0].IsWholeIn(file)) && files.Any(file => call.Callee.Lines[0].IsWholeIn(file));
        },
        () => $"not recorded whole; there are {string.Join(' ', Directory.GetFiles(_site.RecordingDirectory))}");
}
