package dev.papertape.simulator.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamControlTest {

  @Test
  void readsEveryMethod() {
    assertThat(parse("{'method':'SUBSCRIBE','params':['btcusdt@trade'],'id':1}"))
        .isEqualTo(new StreamRequest.Subscribe("1", List.of("btcusdt@trade")));
    assertThat(parse("{'method':'UNSUBSCRIBE','params':['a','b'],'id':'x'}"))
        .isEqualTo(new StreamRequest.Unsubscribe("\"x\"", List.of("a", "b")));
    assertThat(parse("{'method':'LIST_SUBSCRIPTIONS','id':null}"))
        .isEqualTo(new StreamRequest.ListSubscriptions("null"));
    assertThat(parse("{'method':'SET_PROPERTY','params':['combined',true],'id':5}"))
        .isEqualTo(new StreamRequest.SetCombined("5", true));
    assertThat(parse("{'method':'GET_PROPERTY','params':['combined'],'id':5}"))
        .isEqualTo(new StreamRequest.GetCombined("5"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hello | 3",
        "{'method':'SUBSCRIBE' | 3",
        "[] | 2",
        "`` | 2",
        "{'method':'SUBSCRIBE','params':['a']} | 2",
        "{'method':'SUBSCRIBE','params':['a'],'id':-1} | 2",
        "{'method':'SUBSCRIBE','params':[],'id':1} | 2",
        "{'method':'SUBSCRIBE','params':[1],'id':1} | 2",
        "{'method':'SHOUT','id':1} | 2",
        "{'id':1} | 2",
        "{'method':'SET_PROPERTY','params':['loud',true],'id':1} | 0",
        "{'method':'SET_PROPERTY','params':['combined','yes'],'id':1} | 1",
      })
  void refusesTheRestWithBinancesCode(String text, int code) {
    assertThat(parse(text == null ? "" : text))
        .isInstanceOfSatisfying(
            StreamRequest.Refused.class,
            refused -> assertThat(refused.reply()).startsWith("{\"error\":{\"code\":" + code));
  }

  private static StreamRequest parse(String text) {
    return StreamControl.parse(text.replace('\'', '"'));
  }
}
