import jakarta.xml.ws.BindingProvider;
import jakarta.xml.ws.Holder;
import java.net.URL;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import parterre.fnac.commun._1.CodeErreur;
import parterre.fnac.contingentement._1.*;
import parterre.fnac.etat_ventes._1.*;
import parterre.fnac.get_ctrl_acces._1.*;
import parterre.fnac.prepare_ctrl_acces._1.*;

/** All seven operations, with the WSDLs that the simulator serves; both ways schema-validated. */
public class Check {
  private static final String ME = "STRICT";
  private static final String WHEN = "2027-03-05T20:00:00";
  private static final Holder<Boolean> more = new Holder<>();
  private static final Holder<String> next = new Holder<>();

  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("org.apache.cxf").setLevel(Level.SEVERE);
    String contingent = arguments[0] + "/allotementWS-CXF/services/V09_43/";
    String access = arguments[0] + "/ctrlAccesWS-CXF/services/V09_11/";
    var stock = new ContingentementService(new URL(contingent + "Contingentement?wsdl"));
    checkStock(dressed(stock.getContingentementPort()));
    var sales = new EtatVentesService(new URL(contingent + "EtatVentes?wsdl"));
    checkSales(dressed(sales.getEtatVentesPort()));
    var prepare = new PrepareCtrlAccesService(new URL(access + "PrepareCtrlAcces?wsdl"));
    var get = new GetCtrlAccesService(new URL(access + "GetCtrlAcces?wsdl"));
    checkAccess(dressed(prepare.getPrepareCtrlAccesPort()), dressed(get.getGetCtrlAccesPort()));
    System.out.println("Apache CXF " + org.apache.cxf.version.Version.getCurrentVersion());
  }

  private static <T> T dressed(T port) {
    var context = ((BindingProvider) port).getRequestContext();
    context.put(BindingProvider.USERNAME_PROPERTY, "venue");
    context.put(BindingProvider.PASSWORD_PROPERTY, "secret");
    context.put("schema-validation-enabled", "true");
    return port;
  }

  private static void checkStock(ContingentementPortType stock) throws Exception {
    var place = new PlaceCommandee();
    place.setCle(1);
    place.setBloc("");
    place.setRang("É");
    place.setPlace("3");
    place.setTypeTarif("A");
    var quota = new QuotaCommande();
    quota.setCle(2);
    quota.setBloc("X");
    quota.setTypeTarif("A");
    quota.setQuantite(5);
    var added = stock.ajouterPlaces(
        ME, "cxf+", "E", null, WHEN, null, "ALL", List.of(place), List.of(quota));
    expect(added.getLigne().get(1).getResultat() == Resultat.ACCEPTEE, "ajouterPlaces");
    expect(stock.etatCommande(ME, "cxf+").getEtat() == EtatTraitement.TRAITEE, "etatCommande");
    var places = new Holder<List<PlaceListee>>();
    var quotas = new Holder<List<QuotaListe>>();
    stock.listerPlaces(ME, "E", null, WHEN, null, null, 5000, more, next, places, quotas);
    expect(!more.value && places.value.get(0).getRang().equals("É"), "listerPlaces");
    var taken = stock.retirerPlaces(
        ME, "cxf-", "E", null, WHEN, null, "ALL", List.of(place), List.of(quota));
    expect(taken.getLigne().get(1).getQuantite() == 5, "retirerPlaces");
  }

  private static void checkSales(EtatVentesPortType sales) throws Exception {
    var operations = new Holder<List<Operation>>();
    sales.etatVentes(ME, null, 10, null, null, null, more, next, operations);
    expect(operations.value.get(0).getPrix().toPlainString().equals("44.00"), "etatVentes");
    try {
      sales.etatVentes("NOBODY", null, 1, null, null, null, more, next, operations);
      expect(false, "an unknown manager code is refused");
    } catch (parterre.fnac.etat_ventes._1.ErreurMessage fault) {
      expect(fault.getFaultInfo().getCode() == CodeErreur.GESTIONNAIRE_INCONNU, "the fault");
    }
  }

  private static void checkAccess(PrepareCtrlAccesPortType prepare, GetCtrlAccesPortType get)
      throws Exception {
    String number = prepare.prepareCtrlAcces(ME, "E", null, WHEN);
    var entries = new Holder<List<Entree>>();
    for (var expected : List.of(EtatDemande.EN_COURS, EtatDemande.PRETE)) {
      var state = new Holder<EtatDemande>();
      get.getCtrlAcces(ME, number, null, 9, state, new Holder<>(), more, next, entries);
      expect(state.value == expected, "getCtrlAcces");
    }
  }

  private static void expect(boolean holds, String what) {
    if (!holds) throw new IllegalStateException("Not as told: " + what);
  }
}
