// All seven operations with what wsdl2h and soapcpp2 made of the WSDLs, in gSOAP's strict mode.
#include <cstdlib>
#include <iostream>
#include <string>
#include "soapContingentementSoapBindingProxy.h"
#include "soapEtatVentesSoapBindingProxy.h"
#include "soapGetCtrlAccesSoapBindingProxy.h"
#include "soapPrepareCtrlAccesSoapBindingProxy.h"

// One table for the four services (each generated .nsmap knows only its own).
struct Namespace namespaces[] = {
    {"SOAP-ENV", "http://schemas.xmlsoap.org/soap/envelope/", NULL, NULL},
    {"SOAP-ENC", "http://schemas.xmlsoap.org/soap/encoding/", NULL, NULL},
    {"xsi", "http://www.w3.org/2001/XMLSchema-instance", NULL, NULL},
    {"xsd", "http://www.w3.org/2001/XMLSchema", NULL, NULL},
    {"ns1", "urn:parterre:fnac:etat-ventes:1", NULL, NULL},
    {"ns2", "urn:parterre:fnac:commun:1", NULL, NULL},
    {"ns3", "urn:parterre:fnac:contingentement:1", NULL, NULL},
    {"ns4", "urn:parterre:fnac:prepare-ctrl-acces:1", NULL, NULL},
    {"ns5", "urn:parterre:fnac:get-ctrl-acces:1", NULL, NULL},
    {NULL, NULL, NULL, NULL}};

static const soap_mode STRICT = SOAP_XML_STRICT | SOAP_C_UTFSTRING;
static const std::string ME = "STRICT", ROW = "\xC3\x89";
static std::string when = "2027-03-05T20:00:00";

static void expect(bool holds, const char *what) {
  if (holds) return;
  std::cerr << "Not as told: " << what << "\n";
  exit(1);
}

// gSOAP forgets the password after each call.
template <class Proxy> Proxy &dressed(Proxy &proxy) {
  proxy.soap->userid = "venue";
  proxy.soap->passwd = "secret";
  return proxy;
}

template <class Proxy> void done(Proxy &proxy, int error) {
  if (error != SOAP_OK) proxy.soap_stream_fault(std::cerr);
  expect(error == SOAP_OK, "the call");
}

template <class Command> void fill(Command &command, const std::string &reference) {
  static ns3__PlaceCommandee place;
  static ns3__QuotaCommande quota;
  place.cle = 1, place.bloc = "", place.rang = ROW, place.place = "2", place.typeTarif = "A";
  quota.cle = 2, quota.bloc = "Y", quota.typeTarif = "A", quota.quantite = 5;
  command.codeGestionnaire = ME, command.reference = reference, command.manifestation = "E";
  command.dateSeance = &when, command.allotement = "ALL";
  command.placeNumerotee.push_back(&place), command.quota.push_back(&quota);
}

static void stock(const std::string &endpoint) {
  ContingentementSoapBindingProxy proxy(endpoint.c_str(), STRICT);
  _ns3__ajouterPlaces add;
  _ns3__ajouterPlacesResponse added;
  fill(add, "gsoap+");
  done(proxy, dressed(proxy).ajouterPlaces(&add, added));
  expect(added.commande->ligne.at(1)->resultat == ns3__Resultat::ACCEPTEE, "ajouterPlaces");
  _ns3__etatCommande ask;
  _ns3__etatCommandeResponse state;
  ask.codeGestionnaire = ME, ask.reference = "gsoap+";
  done(proxy, dressed(proxy).etatCommande(&ask, state));
  expect(state.commande->etat == ns3__EtatTraitement::TRAITEE, "etatCommande");
  _ns3__listerPlaces list;
  _ns3__listerPlacesResponse listed;
  list.codeGestionnaire = ME, list.manifestation = "E", list.dateSeance = &when;
  list.nombreMax = 5000;
  done(proxy, dressed(proxy).listerPlaces(&list, listed));
  expect(listed.placeNumerotee.back()->rang == ROW, "listerPlaces");
  _ns3__retirerPlaces take;
  _ns3__retirerPlacesResponse taken;
  fill(take, "gsoap-");
  done(proxy, dressed(proxy).retirerPlaces(&take, taken));
  expect(taken.commande->ligne.at(1)->quantite == 5, "retirerPlaces");
}

static void sales(const std::string &endpoint) {
  EtatVentesSoapBindingProxy proxy(endpoint.c_str(), STRICT);
  _ns1__etatVentes ask;
  _ns1__etatVentesResponse told;
  ask.codeGestionnaire = ME, ask.nombreMax = 10;
  done(proxy, dressed(proxy).etatVentes(&ask, told));
  expect(*told.operation.at(0)->prix == "44.00", "etatVentes");
  ask.codeGestionnaire = "NOBODY";
  expect(dressed(proxy).etatVentes(&ask, told) != SOAP_OK, "an unknown manager code is refused");
  const SOAP_ENV__Detail *detail = proxy.soap->fault->detail;
  expect(detail && detail->ns2__erreur, "the fault's detail is typed");
  expect(detail->ns2__erreur->code == ns2__CodeErreur::GESTIONNAIRE_USCOREINCONNU, "its code");
}

static void access(const std::string &folder) {
  const std::string prepareAt = folder + "PrepareCtrlAcces", getAt = folder + "GetCtrlAcces";
  PrepareCtrlAccesSoapBindingProxy prepare(prepareAt.c_str(), STRICT);
  _ns4__prepareCtrlAcces ask;
  _ns4__prepareCtrlAccesResponse number;
  ask.codeGestionnaire = ME, ask.manifestation = "E", ask.dateSeance = &when;
  done(prepare, dressed(prepare).prepareCtrlAcces(&ask, number));
  GetCtrlAccesSoapBindingProxy get(getAt.c_str(), STRICT);
  _ns5__getCtrlAcces fetch;
  fetch.codeGestionnaire = ME, fetch.numeroDemande = number.numeroDemande, fetch.nombreMax = 9;
  for (const auto state : {ns5__EtatDemande::EN_USCORECOURS, ns5__EtatDemande::PRETE}) {
    _ns5__getCtrlAccesResponse list;
    done(get, dressed(get).getCtrlAcces(&fetch, list));
    expect(list.etat == state, "getCtrlAcces");
  }
}

int main(int, char **arguments) {
  const std::string url = arguments[1];
  stock(url + "/allotementWS-CXF/services/V09_43/Contingentement");
  sales(url + "/allotementWS-CXF/services/V09_43/EtatVentes");
  access(url + "/ctrlAccesWS-CXF/services/V09_11/");
  std::cout << "gSOAP " << GSOAP_VERSION / 100000 << "." << GSOAP_VERSION / 1000 % 100 << "."
            << GSOAP_VERSION % 1000 << ", strict\n";
}
